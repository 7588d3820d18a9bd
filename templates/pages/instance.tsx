import { definePage } from './components/define-page.ts'
import { Layout } from './components/layout.tsx'
import { LetterView } from './components/letter-view.tsx'
import { labelsOf } from './labels/index.ts'

/** Any process that has no page of its own: its forms come from the schemas of its events. */
export default definePage({
  name: 'instance',
  render: (model, chrome) => (
    <Layout
      title={model.head.subject}
      chrome={chrome}
      styles={['forms', 'river', 'letter']}
      measure={model.todos.length > 0 ? 'wide with-thumb' : 'wide'}
    >
      <LetterView model={model} labels={labelsOf(chrome.language)} chrome={chrome} />
    </Layout>
  ),
})
