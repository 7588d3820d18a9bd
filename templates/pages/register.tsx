import type { Chrome, RegisterModel } from '../../src/http/index.ts'
import { definePage } from './components/define-page.ts'
import { Hidden } from './components/event-form.tsx'
import { FieldRow } from './components/field.tsx'
import { size } from './components/format.ts'
import { Layout } from './components/layout.tsx'
import { Refusal } from './components/refusal.tsx'
import { type Labels, labelsOf } from './labels/index.ts'

interface Props {
  model: RegisterModel
  labels: Labels
  chrome: Chrome
}

function Scan({ model, labels }: Omit<Props, 'chrome'>) {
  const { register } = labels
  return (
    <div class="drop" data-drop>
      <label class="drop-label" for="scan">
        <svg class="drop-sheet" viewBox="0 0 48 60" width="48" height="60" aria-hidden="true">
          <path d="M6 2H32L44 14V58H6Z" />
          <path d="M32 2V14H44M14 26H36M14 34H36M14 42H28" />
        </svg>
        <strong>{register.scan}</strong>
        <span>{register.drop}</span>
        <span class="hint">{register.limit(size(model.bytesMax, labels))}</span>
      </label>
      <input id="scan" name="scan" type="file" accept={model.accept} required data-scan />
      {model.fileLost ? <p class="wrong">{register.fileLost}</p> : null}
      <div class="drop-preview" data-preview data-title={register.preview} hidden />
      <div class="field">
        <label for="attachments-files">
          {register.attachment}
          <span class="optional"> {labels.optional}</span>
        </label>
        <input id="attachments-files" name="attachment" type="file" multiple />
      </div>
    </div>
  )
}

const first = ['sender', 'letterNumber', 'letterDate', 'subject', 'urgency', 'secrecy'] as const
const second = ['attachments', 'receivedAt'] as const
const further = ['channel', 'addressee', 'classification', 'synopsis'] as const

function Questions({ model, labels, chrome }: Props) {
  const { register } = labels
  const placeholders: Record<string, string> = register.placeholders
  const row = (name: string) => {
    const field = model.fields[name]
    return field ? (
      <FieldRow
        key={name}
        field={field}
        scope="register"
        labels={labels}
        language={chrome.language}
        autofocus={name === 'sender' && model.refusal === null}
        {...(placeholders[name] ? { placeholder: placeholders[name] } : {})}
        {...(name === 'sender' ? { list: 'correspondents' } : {})}
      />
    ) : null
  }
  const rest = Object.keys(model.fields).filter(
    (name) => ![...first, ...second, ...further].some((known) => known === name),
  )
  return (
    <>
      <datalist id="correspondents">
        {model.correspondents.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div class="register-grid">{first.map(row)}</div>
      <div class="register-grid">
        {rest.map(row)}
        {second.map(row)}
      </div>
      <details class="others" open={further.some((name) => model.fields[name]?.error)}>
        <summary>{register.detail}</summary>
        <div class="register-grid">{further.map(row)}</div>
      </details>
    </>
  )
}

/** One form, one minute: the scan on one side, the entries on the other, Enter from one to the next. */
export default definePage({
  name: 'register',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    const { register } = labels
    return (
      <Layout
        title={register.title}
        chrome={chrome}
        styles={['forms', 'lists']}
        scripts={['register']}
        measure="wide with-thumb"
      >
        <h1>{register.title}</h1>
        <p class="quiet keyboard-only">{register.lead}</p>
        <form class="register" method="post" action="/letters" encType="multipart/form-data" data-register data-once>
          <Hidden form={{ key: model.key, revision: 0 }} chrome={chrome} />
          {model.refusal ? <Refusal refusal={model.refusal} labels={labels} /> : null}
          <Scan model={model} labels={labels} />
          <div class="card register-entries">
            <Questions model={model} labels={labels} chrome={chrome} />
            <div class="acts thumb">
              <button class="primary" type="submit" data-sending={labels.form.sending}>
                {register.submit}
              </button>
            </div>
          </div>
        </form>
      </Layout>
    )
  },
})
