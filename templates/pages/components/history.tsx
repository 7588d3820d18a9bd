import type { Chrome, HistoryEntry } from '../../../src/http/index.ts'
import { type Labels, word } from '../labels/index.ts'
import { moment, spanShort } from './format.ts'

interface Props {
  entries: HistoryEntry[]
  labels: Labels
  chrome: Chrome
}

/** That somebody opened it is told, but in a lower voice than what was decided. */
const lookOf = ({ kind, who }: HistoryEntry) => (kind === 'seen' ? 'history-seen' : who ? undefined : 'history-system')

/** What happened, newest last, with how long each step took in working time. */
export function History({ entries, labels, chrome }: Props) {
  const { letter } = labels
  return (
    <section class="card history" aria-labelledby="history-title">
      <h2 id="history-title">{letter.history}</h2>
      {entries.length === 0 ? (
        <p class="quiet">{letter.noHistory}</p>
      ) : (
        <ol>
          {entries.map((entry) => (
            <li key={entry.id} class={lookOf(entry)}>
              <p class="history-what">
                <strong>{entry.what ? word(entry.what, chrome.language) : letter.happened[entry.kind]}</strong>
                {entry.branch && entry.branch !== entry.post ? (
                  <span class="quiet"> {letter.on(entry.branch)}</span>
                ) : null}
              </p>
              <p class="history-who">
                {entry.who ?? letter.system}
                {entry.post ? `, ${entry.post}` : ''}
              </p>
              {entry.note ? <p class="history-note">“{entry.note}”</p> : null}
              <p class="history-when">
                <time dateTime={entry.at.toISOString()}>{moment(entry.at, chrome, labels)}</time>
                {entry.workingMs >= 60_000 ? <span>{letter.after(spanShort(entry.workingMs, labels))}</span> : null}
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
