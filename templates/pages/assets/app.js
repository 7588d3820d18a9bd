// Small comforts; every page works without them.

/** A form is sent once: a second tap while it is under way does nothing. */
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.getAttribute('aria-busy') === 'true') return event.preventDefault()
    form.setAttribute('aria-busy', 'true')
    const button = event.submitter
    if (button?.dataset.sending) button.textContent = button.dataset.sending
  })
}

// Coming back by the browser's arrow finds the form usable again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.querySelectorAll('form[aria-busy]')) form.removeAttribute('aria-busy')
})

const refusal = document.getElementById('refusal')
refusal?.focus()

/** The bar under the thumb first shows its form when that is out of sight. */
for (const button of document.querySelectorAll('.thumb button')) {
  button.addEventListener('click', (event) => {
    const form = button.form
    const { top, bottom } = form.getBoundingClientRect()
    if (bottom > 80 && top < innerHeight - 80) return
    event.preventDefault()
    form.scrollIntoView({ block: 'start' })
    form.querySelector('input:not([type=hidden]), textarea, select')?.focus({ preventScroll: true })
  })
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

// A stretch of the river leads to its row, which lies folded.
const openTarget = () => {
  const target = location.hash ? document.getElementById(location.hash.slice(1)) : null
  target?.closest('details')?.setAttribute('open', '')
  target?.scrollIntoView({ block: 'center' })
}
addEventListener('hashchange', openTarget)
openTarget()
