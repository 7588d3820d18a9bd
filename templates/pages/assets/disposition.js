// Disposition form: a filter over the other posts, and own directions only for chosen receivers.

const form = document.querySelector('[data-disposition]')

function filterPosts(finder) {
  const input = finder.querySelector('input')
  const group = finder.parentElement
  const nobody = group.querySelector('[data-nobody]')
  const chips = [...group.querySelectorAll('.chip')]
  finder.hidden = false
  input.addEventListener('input', () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/)
    for (const chip of chips) {
      const text = chip.textContent.toLocaleLowerCase()
      const chosen = chip.querySelector('input').checked
      chip.hidden = !chosen && !words.every((word) => text.includes(word))
    }
    nobody.hidden = chips.some((chip) => !chip.hidden)
  })
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    chips
      .find((chip) => !chip.hidden && !chip.querySelector('input').checked)
      ?.querySelector('input')
      .click()
  })
}

/** Lines of posts that are not chosen are hidden; with fewer than two receivers there is nothing to set apart. */
function followChoice(lines) {
  const follow = () => {
    const chosen = new Set([...form.querySelectorAll('input[name=to]:checked')].map((input) => input.value))
    for (const line of lines.querySelectorAll('[data-line]')) line.hidden = !chosen.has(line.dataset.line)
    lines.hidden = chosen.size < 2
  }
  form.addEventListener('change', follow)
  follow()
}

if (form) {
  for (const finder of form.querySelectorAll('[data-finder]')) filterPosts(finder)
  const lines = form.querySelector('[data-lines]')
  if (lines) followChoice(lines)
}
