import type {
  Chrome,
  DispositionForm,
  DispositionLine,
  Option,
  PostOption,
  RefusalView,
} from '../../../src/http/index.ts'
import { type Labels, word } from '../labels/index.ts'
import { Hidden } from './event-form.tsx'
import { Chip } from './field.tsx'
import { Blocked, Refusal } from './refusal.tsx'

interface Props {
  form: DispositionForm
  refusal: RefusalView | null
  chrome: Chrome
  labels: Labels
}

const postOption = (post: PostOption, labels: Labels): Option => ({
  value: post.id,
  label: { id: post.title, en: post.title },
  hint: post.holder ?? labels.disposition.vacant,
})

function Wrong({ form, field, labels }: Pick<Props, 'form' | 'labels'> & { field: string }) {
  const error = form.errors.find((candidate) => candidate.field === field)
  return error ? <p class="wrong">{labels.form.errors[error.code] ?? labels.form.errors.invalid}</p> : null
}

function Posts({
  posts,
  form,
  scope,
  labels,
  chrome,
}: Omit<Props, 'refusal'> & { posts: PostOption[]; scope: string }) {
  return (
    <div class="chips">
      {posts.map((post) => (
        <Chip
          key={post.id}
          type="checkbox"
          name="to"
          option={postOption(post, labels)}
          checked={form.chosen.to.includes(post.id)}
          id={`${scope}-${post.id}`}
          labels={labels}
          language={chrome.language}
        />
      ))}
    </div>
  )
}

function Receivers({ form, labels, chrome }: Omit<Props, 'refusal'>) {
  const { disposition } = labels
  const othersChosen = form.others.some((post) => form.chosen.to.includes(post.id))
  return (
    <fieldset class="field">
      <legend>{disposition.to}</legend>
      <Posts posts={form.suggested} form={form} scope="to" labels={labels} chrome={chrome} />
      {form.others.length > 0 ? (
        <details class="others" open={othersChosen}>
          <summary>{disposition.others}</summary>
          <div class="finder" hidden data-finder>
            <label class="unseen" for="find-post">
              {disposition.find}
            </label>
            <input id="find-post" type="search" placeholder={disposition.find} autocomplete="off" />
          </div>
          <Posts posts={form.others} form={form} scope="other" labels={labels} chrome={chrome} />
          <p class="hint" hidden data-nobody>
            {disposition.nobody}
          </p>
        </details>
      ) : null}
      <Wrong form={form} field="to" labels={labels} />
    </fieldset>
  )
}

interface DirectionProps extends Omit<Props, 'refusal'> {
  prefix: string
  values: { instructions: string[]; note: string; due: string }
  large: boolean
}

/** Instructions, note and day: shared ones, or one receiver's own. */
function Direction({ prefix, values, large, form, labels, chrome }: DirectionProps) {
  const { disposition } = labels
  const scope = prefix.replaceAll('.', '-')
  return (
    <>
      <fieldset class="field">
        <legend>{disposition.instructions}</legend>
        <div class="chips">
          {form.instructions.map((option, index) => (
            <Chip
              key={option.value}
              type="checkbox"
              name={`${prefix}instructions`}
              option={option}
              checked={values.instructions.includes(option.value)}
              id={`${scope}instruction-${index}`}
              labels={labels}
              language={chrome.language}
            />
          ))}
        </div>
        {large ? <Wrong form={form} field="instructions" labels={labels} /> : null}
      </fieldset>
      <div class="field">
        <label for={`${scope}note`}>
          {disposition.note}
          <span class="optional"> {labels.optional}</span>
        </label>
        <textarea
          id={`${scope}note`}
          name={`${prefix}note`}
          rows={large ? 3 : 2}
          maxLength={form.noteMaxLength}
          placeholder={large ? disposition.notePlaceholder : undefined}
          value={values.note}
        />
        {large ? <Wrong form={form} field="note" labels={labels} /> : null}
      </div>
      <div class="field field-short">
        <label for={`${scope}due`}>
          {disposition.due}
          <span class="optional"> {labels.optional}</span>
        </label>
        <input
          id={`${scope}due`}
          name={`${prefix}due`}
          type="date"
          min={form.dueMin}
          value={values.due}
          aria-describedby={`${scope}due-hint`}
        />
        <p class="hint" id={`${scope}due-hint`}>
          {disposition.dueHint}
        </p>
        {large ? <Wrong form={form} field="due" labels={labels} /> : null}
      </div>
    </>
  )
}

const emptyLine = (to: string): DispositionLine => ({ to, instructions: [], note: '', due: '' })

function PerReceiver({ form, labels, chrome }: Omit<Props, 'refusal'>) {
  const { disposition } = labels
  const posts = [...form.suggested, ...form.others.filter((post) => form.chosen.to.includes(post.id))]
  return (
    <details class="others" open={form.lines.length > 0} data-lines>
      <summary>{disposition.perReceiver}</summary>
      <p class="hint">{disposition.perReceiverHint}</p>
      {posts.map((post) => (
        <details key={post.id} class="line" data-line={post.id} open={form.lines.some(({ to }) => to === post.id)}>
          <summary>{post.title}</summary>
          <Direction
            prefix={`line.${post.id}.`}
            values={form.lines.find(({ to }) => to === post.id) ?? emptyLine(post.id)}
            large={false}
            form={form}
            labels={labels}
            chrome={chrome}
          />
        </details>
      ))}
    </details>
  )
}

/** The main act stands open; beside another one it is folded. */
export function DispositionFormView(props: Props) {
  const { form, refusal, chrome, labels } = props
  if (form.blocked) return <Blocked title={word(form.title, chrome.language)} refusal={form.blocked} labels={labels} />
  if (form.tone === 'main') return <Body {...props} />
  return (
    <details class="fold" open={refusal !== null}>
      <summary>{word(form.title, chrome.language)}</summary>
      <Body {...props} />
    </details>
  )
}

/** The lembar disposisi as a form. Works without scripts; scripts add a filter and hide what is not chosen. */
function Body({ form, refusal, chrome, labels }: Props) {
  return (
    <form
      method="post"
      action={form.action}
      class={form.tone === 'main' ? 'event-form main-form' : 'event-form'}
      data-once
      data-disposition
    >
      <Hidden form={form} chrome={chrome} />
      {refusal ? <Refusal refusal={refusal} labels={labels} /> : null}
      <Receivers form={form} labels={labels} chrome={chrome} />
      <Direction prefix="" values={form.chosen} large form={form} labels={labels} chrome={chrome} />
      <PerReceiver form={form} labels={labels} chrome={chrome} />
      <div class={form.tone === 'main' ? 'acts thumb' : 'acts'}>
        <button class={form.tone === 'main' ? 'primary' : 'secondary'} type="submit" data-sending={labels.form.sending}>
          {word(form.title, chrome.language)}
        </button>
      </div>
    </form>
  )
}
