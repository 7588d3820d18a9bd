import type { Chrome, DocumentView } from '../../../src/http/index.ts'
import type { Labels } from '../labels/index.ts'
import { moment, size } from './format.ts'
import { Scroll } from './scroll.tsx'

interface DocumentProps {
  document: DocumentView
  labels: Labels
}

const isPdf = (document: DocumentView): boolean => document.mediaType === 'application/pdf'

/** The letter itself, page by page as pictures; the original is one tap away. */
export function Pages({ document, labels }: DocumentProps) {
  const { letter } = labels
  const hidden = document.pageCount - document.pages.length
  return (
    <figure class="paper">
      {document.pages.length === 0 ? (
        <p class="paper-none">{letter.noPreview}</p>
      ) : (
        <Scroll class="paper-pages" name={letter.scan}>
          {document.pages.map((page, index) => (
            <img
              key={page.src}
              src={page.src}
              width={page.width}
              height={page.height}
              alt={`${document.name}, ${letter.page(index + 1, document.pageCount)}`}
              loading={index === 0 ? 'eager' : 'lazy'}
              decoding="async"
            />
          ))}
        </Scroll>
      )}
      <figcaption>
        <span>
          {letter.kinds[document.kind]} · {size(document.bytes, labels)}
        </span>
        {hidden > 0 ? <span>{letter.morePages(hidden)}</span> : null}
        <a href={document.href} target="_blank" rel="noopener">
          {isPdf(document) ? letter.openPdf : letter.openOriginal}
        </a>
      </figcaption>
    </figure>
  )
}

function DocumentLine({ document, labels, chrome, newest }: DocumentProps & { chrome: Chrome; newest: boolean }) {
  const { letter } = labels
  return (
    <li class="document">
      <a href={document.href} target="_blank" rel="noopener">
        {document.name}
      </a>
      <p class="quiet">
        {letter.kinds[document.kind]}
        {document.kind === 'sheet' ? ` · ${letter.version(document.version)}` : ''}
        {newest ? ` · ${letter.newest}` : ''} · {size(document.bytes, labels)} ·{' '}
        {moment(document.addedAt, chrome, labels)}
      </p>
    </li>
  )
}

/** Newest versions first; earlier ones stay readable, folded. */
export function DocumentList({
  documents,
  drawing,
  labels,
  chrome,
}: {
  documents: DocumentView[]
  drawing: boolean
  labels: Labels
  chrome: Chrome
}) {
  const { letter } = labels
  const newestOf = (document: DocumentView) =>
    !documents.some(
      (other) => other.kind === document.kind && other.name === document.name && other.version > document.version,
    )
  const current = documents.filter(newestOf)
  const older = documents.filter((document) => !newestOf(document))
  return (
    <section class="card documents" aria-labelledby="documents-title">
      <h2 id="documents-title">{letter.documents}</h2>
      {drawing ? (
        <p class="drawing" role="status">
          {letter.drawing}
        </p>
      ) : null}
      {documents.length === 0 ? <p class="quiet">{letter.noDocuments}</p> : null}
      <ul>
        {current.map((document) => (
          <DocumentLine
            key={document.id}
            document={document}
            labels={labels}
            chrome={chrome}
            newest={older.some(({ name, kind }) => name === document.name && kind === document.kind)}
          />
        ))}
      </ul>
      {older.length > 0 ? (
        <details>
          <summary>{letter.older(older.length)}</summary>
          <ul>
            {older.map((document) => (
              <DocumentLine key={document.id} document={document} labels={labels} chrome={chrome} newest={false} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}
