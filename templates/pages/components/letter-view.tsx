import type { Chrome, HolderNode, LetterModel, TodoView } from '../../../src/http/index.ts'
import { type Labels, word } from '../labels/index.ts'
import { DispositionFormView } from './disposition-form.tsx'
import { DocumentList, Pages } from './documents.tsx'
import { EventFormView } from './event-form.tsx'
import { isoDay, moment, nearMoment } from './format.ts'
import { History } from './history.tsx'
import { Holders } from './holders.tsx'
import { Problem, Refusal } from './refusal.tsx'
import { River } from './river.tsx'
import { UrgencyTag } from './tags.tsx'

interface Props {
  model: LetterModel
  labels: Labels
  chrome: Chrome
}

export function LetterHeadView({ model, labels, chrome }: Props) {
  const { head, stage, status } = model
  const { letter } = labels
  const facts: [string, string | null][] = [
    [letter.from, head.sender],
    [letter.number, head.number],
    [letter.dated, head.date ? isoDay(head.date, labels) : null],
    [letter.received, head.receivedAt ? moment(head.receivedAt, chrome, labels) : null],
    [letter.attachments, head.attachments],
  ]
  return (
    <header class="letter-head">
      <p class="crumbs">
        {word(head.workflow, chrome.language)} · {head.agenda ? letter.agenda(head.agenda) : letter.unnumbered}
      </p>
      <h1>{head.subject}</h1>
      <div class="letter-tags">
        <UrgencyTag urgency={head.urgency} labels={labels} />
        {head.secrecy === 'biasa' ? null : <span class="tag tag-secret">{labels.secrecy[head.secrecy]}</span>}
        <span class={`tag tag-${status}`}>{stage ? word(stage, chrome.language) : labels.status[status]}</span>
      </div>
      <dl class="letter-facts">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </header>
  )
}

interface TodoProps extends Props {
  todo: TodoView
}

function Asked({ todo, labels }: { todo: TodoView; labels: Labels }) {
  const { said } = todo
  if (!todo.asked && !todo.askedNote && !said) return null
  return (
    <div class="asked">
      {todo.from && (todo.asked || todo.askedNote) ? <p class="asked-by">{labels.letter.askedBy(todo.from)}</p> : null}
      {todo.asked ? <p class="asked-what">{todo.asked}</p> : null}
      {todo.askedNote ? <p>“{todo.askedNote}”</p> : null}
      {said ? (
        <div class="asked-said">
          <p class="asked-by">{said.who}</p>
          <p>“{said.text}”</p>
        </div>
      ) : null}
    </div>
  )
}

function Todo({ todo, model, labels, chrome }: TodoProps) {
  const { letter } = labels
  const due = todo.dueAt ? nearMoment(todo.dueAt, chrome, labels) : null
  const { refused } = model
  const refusalFor = (type: string) =>
    refused?.type === type && refused.instance === todo.instance ? refused.refusal : null
  const main = todo.forms.filter((form) => form.tone === 'main')
  const rest = todo.forms.filter((form) => form.tone !== 'main')
  const disposition = todo.disposition ? (
    <DispositionFormView
      form={todo.disposition}
      refusal={refusalFor(todo.disposition.type)}
      chrome={chrome}
      labels={labels}
    />
  ) : null
  const beside = todo.disposition?.tone === 'main' ? null : disposition
  return (
    <section class={todo.isTask ? 'card now' : 'card may'} aria-labelledby={`todo-${todo.instance}`}>
      <p class="eyebrow">{todo.isTask ? letter.todo : letter.may}</p>
      <h2 id={`todo-${todo.instance}`}>{word(todo.title, chrome.language)}</h2>
      {due ? (
        <p class={todo.late ? 'due due-late' : 'due'}>{todo.late ? letter.overdue(due) : letter.dueBefore(due)}</p>
      ) : null}
      {todo.problem ? <Problem refusal={todo.problem} /> : null}
      {todo.isTask ? <Asked todo={todo} labels={labels} /> : null}
      {todo.disposition?.tone === 'main' ? disposition : null}
      {main.map((form) => (
        <EventFormView key={form.type} form={form} refusal={refusalFor(form.type)} chrome={chrome} labels={labels} />
      ))}
      {rest.length > 0 || beside ? (
        <div class="rest">
          {todo.isTask ? <h3>{letter.otherActs}</h3> : null}
          {beside}
          {rest.map((form) => (
            <EventFormView
              key={form.type}
              form={form}
              refusal={refusalFor(form.type)}
              chrome={chrome}
              labels={labels}
            />
          ))}
        </div>
      ) : null}
    </section>
  )
}

const openHolders = (nodes: HolderNode[]): string[] =>
  nodes.flatMap((node) => [...node.now, ...openHolders(node.children)])

function Nothing({ model, labels }: Omit<Props, 'chrome'>) {
  const { letter } = labels
  const holders = [...new Set(openHolders(model.holders))]
  const active = holders.length > 0 ? letter.nothingActive(holders.join(', ')) : letter.nothingMoving
  const text = model.status === 'active' ? active : model.status === 'parked' ? labels.parked : letter.nothingDone
  return (
    <section class="card nothing">
      <h2>{letter.nothing}</h2>
      <p class="quiet">{text}</p>
    </section>
  )
}

/** Whether the refused form is drawn again, open for another try. */
function isDrawnAgain({ refused, todos }: LetterModel): boolean {
  const todo = todos.find(({ instance }) => instance === refused?.instance)
  const forms = todo ? [...(todo.disposition ? [todo.disposition] : []), ...todo.forms] : []
  return forms.some(({ type, blocked }) => type === refused?.type && blocked === null)
}

/** A refusal whose form is gone: the state moved on while the reader was writing. What they wrote is not. */
function LostRefusal({ model, labels }: Omit<Props, 'chrome'>) {
  const { refused } = model
  if (!refused || isDrawnAgain(model)) return null
  return (
    <>
      <Refusal refusal={refused.refusal} labels={labels} />
      {refused.typed.length > 0 ? (
        <section class="card kept" aria-labelledby="kept-title">
          <h2 id="kept-title">{labels.letter.kept}</h2>
          {refused.typed.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </section>
      ) : null}
    </>
  )
}

export function Todos({ model, labels, chrome }: Props) {
  return (
    <>
      <LostRefusal model={model} labels={labels} />
      {model.todos.some((todo) => todo.isTask) ? null : <Nothing model={model} labels={labels} />}
      {model.todos.map((todo) => (
        <Todo key={todo.instance} todo={todo} model={model} labels={labels} chrome={chrome} />
      ))}
    </>
  )
}

export function Facts({ model, labels, chrome }: Props) {
  if (model.facts.length === 0) return null
  return (
    <section class="card" aria-labelledby="facts-title">
      <h2 id="facts-title">{labels.letter.facts}</h2>
      <dl class="facts">
        {model.facts.map(({ name, title, value }) => (
          <div key={name}>
            <dt>{title ? word(title, chrome.language) : (labels.form.fields[name] ?? name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Scan beside what to do now; on a narrow page what to do comes first. */
export function LetterView(props: Props) {
  const { model, labels, chrome } = props
  const scan = model.documents.find((document) => document.kind === 'letter')
  return (
    <>
      <LetterHeadView {...props} />
      <div class={scan ? 'letter-columns' : 'letter-columns letter-columns-plain'}>
        <div class="letter-acts">
          <Todos {...props} />
        </div>
        {model.journey ? <River journey={model.journey} labels={labels} chrome={chrome} /> : null}
        <div class="letter-holders">
          <Holders nodes={model.holders} labels={labels} chrome={chrome} />
          <Facts {...props} />
        </div>
        {scan ? (
          <div class="letter-papers">
            <Pages document={scan} labels={labels} />
          </div>
        ) : null}
        <div class="letter-record">
          <DocumentList documents={model.documents} drawing={model.drawing} labels={labels} chrome={chrome} />
          <History entries={model.history} labels={labels} chrome={chrome} />
        </div>
      </div>
    </>
  )
}
