import type { Chrome, TrayGroup, TrayItem, TrayModel } from '../../src/http/index.ts'
import { definePage } from './components/define-page.ts'
import { nearMoment, spanShort } from './components/format.ts'
import { Empty, Layout } from './components/layout.tsx'
import { UrgencyTag } from './components/tags.tsx'
import { type Labels, labelsOf, word } from './labels/index.ts'

interface Context {
  labels: Labels
  chrome: Chrome
}

function Due({ item, labels, chrome }: { item: TrayItem } & Context) {
  if (!item.dueAt) return null
  const when = nearMoment(item.dueAt, chrome, labels)
  return (
    <span class={item.late ? 'due due-late' : 'due'}>
      {item.late ? labels.letter.overdue(when) : labels.letter.dueBefore(when)}
    </span>
  )
}

function Item({ item, labels, chrome }: { item: TrayItem } & Context) {
  const { tray } = labels
  return (
    <li class={item.seen ? 'tray-item' : 'tray-item tray-item-new'}>
      <a href={item.href}>
        <span class="tray-task">
          {item.seen ? null : <span class="new-mark">{tray.new}</span>}
          {word(item.task, chrome.language)}
          {item.post ? <span class="quiet"> {tray.asPost(item.post)}</span> : null}
        </span>
        <strong class="tray-subject">{item.subject}</strong>
        <span class="tray-from">{[item.sender, item.reference].filter(Boolean).join(' · ')}</span>
        <span class="tray-time">
          <Due item={item} labels={labels} chrome={chrome} />
          <span class="quiet">
            {item.waitedMs === null
              ? nearMoment(item.since, chrome, labels)
              : tray.waited(spanShort(item.waitedMs, labels))}
          </span>
        </span>
      </a>
    </li>
  )
}

function Group({ group, labels, chrome }: { group: TrayGroup } & Context) {
  const id = `group-${group.urgency}`
  return (
    <section class={`tray-group tray-${group.urgency}`} aria-labelledby={id}>
      <h2 id={id}>
        {group.urgency === 'biasa' ? labels.urgency.biasa : <UrgencyTag urgency={group.urgency} labels={labels} />}
        <span class="count">{group.count}</span>
      </h2>
      {group.bands.map((band) => (
        <div key={band.age} class="tray-band">
          <h3>
            {labels.tray.ages[band.age]} <span class="count">{band.items.length}</span>
          </h3>
          <ul>
            {band.items.map((item) => (
              <Item key={item.href + item.task.id} item={item} labels={labels} chrome={chrome} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function Counts({ model, labels }: { model: TrayModel; labels: Labels }) {
  const { tray } = labels
  return (
    <p class="tray-counts">
      {tray.summary(model.total)}
      {model.late > 0 ? <strong class="late-word">{tray.late(model.late)}</strong> : null}
      {model.unseen > 0 ? <span>{tray.unseen(model.unseen)}</span> : null}
    </p>
  )
}

export default definePage({
  name: 'tray',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    const { tray } = labels
    return (
      <Layout title={tray.title} chrome={chrome} styles={['lists']} measure="reading">
        <h1>{tray.title}</h1>
        {model.total === 0 ? (
          <Empty title={tray.emptyTitle}>
            <p>{tray.empty}</p>
            <a class="secondary" href="/letters">
              {tray.emptyAct}
            </a>
          </Empty>
        ) : (
          <>
            <Counts model={model} labels={labels} />
            {model.groups.map((group) => (
              <Group key={group.urgency} group={group} labels={labels} chrome={chrome} />
            ))}
            {model.next ? (
              <p class="more">
                <a class="secondary" href={model.next}>
                  {labels.more}
                </a>
              </p>
            ) : null}
          </>
        )}
      </Layout>
    )
  },
})
