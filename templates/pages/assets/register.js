// Registering by keyboard: Enter moves on, Ctrl + Enter registers; a scan is dropped, pasted or chosen.

const form = document.querySelector('[data-register]')
const drop = form.querySelector('[data-drop]')
const scan = form.querySelector('[data-scan]')
const preview = form.querySelector('[data-preview]')

/** A picture is shown at once; as a data address, which is all the page's policy lets in. */
function show(file) {
  drop.classList.toggle('drop-filled', Boolean(file))
  preview.replaceChildren()
  preview.hidden = true
  if (!file?.type.startsWith('image/')) return
  const reader = new FileReader()
  reader.addEventListener('load', () => {
    const picture = document.createElement('img')
    picture.alt = preview.dataset.title
    picture.addEventListener('load', () => {
      preview.hidden = false
    })
    picture.src = reader.result
    preview.replaceChildren(picture)
  })
  reader.readAsDataURL(file)
}

function take(files) {
  if (files.length === 0) return
  const first = new DataTransfer()
  first.items.add(files[0])
  scan.files = first.files
  show(files[0])
}

scan.addEventListener('change', () => show(scan.files[0]))
drop.addEventListener('dragover', (event) => {
  event.preventDefault()
  drop.classList.add('drop-over')
})
for (const type of ['dragleave', 'drop']) drop.addEventListener(type, () => drop.classList.remove('drop-over'))
drop.addEventListener('drop', (event) => {
  event.preventDefault()
  take(event.dataTransfer.files)
})
document.addEventListener('paste', (event) => {
  if (event.clipboardData.files.length === 0) return
  event.preventDefault()
  take(event.clipboardData.files)
})

/** Stations of the Enter key: one per field, one per group of choices. */
function stations() {
  const seen = new Set()
  return [
    ...form.querySelectorAll('input:not([type=hidden], [type=file]), select, textarea, button[type=submit]'),
  ].filter((element) => {
    if (element.type !== 'radio') return true
    const wanted =
      !seen.has(element.name) && (element.checked || !form.querySelector(`[name="${element.name}"]:checked`))
    if (wanted) seen.add(element.name)
    return wanted
  })
}

form.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    return form.requestSubmit(form.querySelector('button[type=submit]'))
  }
  const from = event.target
  if (from.matches('textarea, button, [type=file]')) return
  event.preventDefault()
  const all = stations()
  const group = from.type === 'radio' ? all.find((element) => element.name === from.name) : from
  all[all.indexOf(group) + 1]?.focus()
})
