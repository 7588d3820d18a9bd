import type { Chrome, EventForm, RefusalView } from '../../../src/http/index.ts'
import { type Labels, word } from '../labels/index.ts'
import { FieldRow } from './field.tsx'
import { Blocked, Refusal } from './refusal.tsx'

interface HiddenProps {
  form: { key: string; revision: number }
  chrome: Chrome
}

/** What makes a form safe to send: who, once, and on which state. */
export function Hidden({ form, chrome }: HiddenProps) {
  return (
    <>
      <input type="hidden" name="_csrf" value={chrome.csrf} />
      <input type="hidden" name="_key" value={form.key} />
      <input type="hidden" name="_revision" value={form.revision} />
    </>
  )
}

interface EventFormProps {
  form: EventForm
  refusal: RefusalView | null
  chrome: Chrome
  labels: Labels
}

const buttonClass = { main: 'primary', plain: 'secondary', stop: 'secondary stop' } as const

function Body({ form, refusal, chrome, labels }: EventFormProps) {
  const wide = form.fields.some((field) => field.control === 'file')
  return (
    <form
      method="post"
      action={form.action}
      encType={wide ? 'multipart/form-data' : undefined}
      class={form.tone === 'main' ? 'event-form main-form' : 'event-form'}
      data-once
    >
      <Hidden form={form} chrome={chrome} />
      {refusal ? <Refusal refusal={refusal} labels={labels} /> : null}
      {form.fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          scope={form.type.toLowerCase()}
          labels={labels}
          language={chrome.language}
        />
      ))}
      <div class={form.tone === 'main' ? 'acts thumb' : 'acts'}>
        <button class={buttonClass[form.tone]} type="submit" data-sending={labels.form.sending}>
          {word(form.title, chrome.language)}
        </button>
      </div>
    </form>
  )
}

/** A generated form for one event; acts beside the main one stay folded until wanted. */
export function EventFormView({ form, refusal, chrome, labels }: EventFormProps) {
  if (form.blocked) return <Blocked title={word(form.title, chrome.language)} refusal={form.blocked} labels={labels} />
  const body = <Body form={form} refusal={refusal} chrome={chrome} labels={labels} />
  if (form.tone === 'main') return body
  return (
    <details class="fold" open={refusal !== null}>
      <summary>{word(form.title, chrome.language)}</summary>
      {body}
    </details>
  )
}
