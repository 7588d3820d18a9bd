import { definePage } from './components/define-page.ts'
import { Hidden } from './components/event-form.tsx'
import { FieldRow } from './components/field.tsx'
import { Layout } from './components/layout.tsx'
import { Refusal } from './components/refusal.tsx'
import { labelsOf, word } from './labels/index.ts'

/** Starts any process that has no form of its own. */
export default definePage({
  name: 'start',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    const title = word(model.title, chrome.language)
    return (
      <Layout title={title} chrome={chrome} styles={['forms']} measure="reading with-thumb">
        <h1>{title}</h1>
        <p class="quiet">{labels.start.lead}</p>
        <form class="card event-form main-form" method="post" action={`/start/${model.workflow}`} data-once>
          <Hidden form={{ key: model.key, revision: 0 }} chrome={chrome} />
          {model.refusal ? <Refusal refusal={model.refusal} labels={labels} /> : null}
          {model.fields.map((field, index) => (
            <FieldRow
              key={field.name}
              field={field}
              scope="start"
              labels={labels}
              language={chrome.language}
              autofocus={index === 0}
            />
          ))}
          <div class="acts thumb">
            <button class="primary" type="submit" data-sending={labels.form.sending}>
              {labels.start.submit}
            </button>
          </div>
        </form>
      </Layout>
    )
  },
})
