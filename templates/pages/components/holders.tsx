import type { Chrome, HolderNode } from '../../../src/http/index.ts'
import { type Labels, word } from '../labels/index.ts'
import { nearMoment, spanShort } from './format.ts'
import { UsedBar } from './marks.tsx'

interface Props {
  nodes: HolderNode[]
  labels: Labels
  chrome: Chrome
}

function used(node: HolderNode, labels: Labels): string {
  const time = spanShort(node.usedMs, labels)
  return node.allowedMs === null ? time : labels.letter.usedOf(time, spanShort(node.allowedMs, labels))
}

function Node({ node, labels, chrome }: { node: HolderNode; labels: Labels; chrome: Chrome }) {
  const { letter, river } = labels
  const settled = node.state === 'done' || node.state === 'stopped'
  return (
    <li class={`holder holder-${node.state}${node.late && !settled ? ' holder-late' : ''}`}>
      <div class="holder-line">
        <strong>{node.post}</strong>
        <span class="holder-state">
          {node.stage ? word(node.stage, chrome.language).toLowerCase() : letter.states[node.state]} ·{' '}
          <span class="figure">{used(node, labels)}</span>
          {node.late ? <em> · {river.late.toLowerCase()}</em> : null}
        </span>
      </div>
      <UsedBar
        usedMs={node.usedMs}
        allowedMs={node.allowedMs}
        late={node.late}
        done={settled}
        id={`used-${node.instance}`}
      />
      <p class="holder-detail">
        {node.person ? <span>{node.person}</span> : null}
        <span>{letter.since(nearMoment(node.since, chrome, labels))}</span>
        {node.dueAt && !settled ? <span>{letter.dueBefore(nearMoment(node.dueAt, chrome, labels))}</span> : null}
      </p>
      {node.task ? <p class="holder-task">{node.task}</p> : null}
      {node.note ? <p class="holder-note">“{node.note}”</p> : null}
      {node.children.length > 0 ? <Nodes nodes={node.children} labels={labels} chrome={chrome} /> : null}
    </li>
  )
}

function Nodes({ nodes, labels, chrome }: Props) {
  return (
    <ul>
      {nodes.map((node) => (
        <Node key={node.instance} node={node} labels={labels} chrome={chrome} />
      ))}
    </ul>
  )
}

/** Who holds what, since when, and how much of the allowed time is used. */
export function Holders({ nodes, labels, chrome }: Props) {
  const { holders, noHolders } = labels.letter
  return (
    <section class="card holders" aria-labelledby="holders-title">
      <h2 id="holders-title">{holders}</h2>
      {nodes.length === 0 ? <p class="quiet">{noHolders}</p> : <Nodes nodes={nodes} labels={labels} chrome={chrome} />}
    </section>
  )
}
