import { definePage } from './components/define-page.ts'
import { Layout } from './components/layout.tsx'
import { LetterView } from './components/letter-view.tsx'
import { labelsOf } from './labels/index.ts'

export default definePage({
  name: 'letter',
  render: (model, chrome) => {
    const disposes = model.todos.some((todo) => todo.disposition)
    return (
      <Layout
        title={model.head.subject}
        chrome={chrome}
        styles={['forms', 'river', 'letter']}
        scripts={disposes ? ['disposition'] : []}
        measure={model.todos.length > 0 ? 'wide with-thumb' : 'wide'}
      >
        <LetterView model={model} labels={labelsOf(chrome.language)} chrome={chrome} />
      </Layout>
    )
  },
})
