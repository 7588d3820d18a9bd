import { definePage } from './components/define-page.ts'
import { Layout } from './components/layout.tsx'
import { labelsOf } from './labels/index.ts'

export default definePage({
  name: 'error',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    const { errors } = labels
    const status = String(model.status)
    const title = errors.titles[status] ?? errors.titles['500'] ?? ''
    const stranger = chrome.person === null
    return (
      <Layout title={title} chrome={chrome} bare={stranger} measure="reading">
        <div class="fault">
          <svg class="empty-drawing" viewBox="0 0 240 72" width="240" height="72" aria-hidden="true">
            <path class="empty-water" d="M4 40C40 40 60 30 92 30" />
            <path class="empty-sand" d="M148 44C176 44 200 36 236 36" />
          </svg>
          <h1>{title}</h1>
          <p>{model.refusal.text}</p>
          <p class="acts">
            <a class="primary" href={stranger ? '/sign-in' : '/'}>
              {stranger ? errors.signIn : errors.home}
            </a>
            {model.status >= 500 ? (
              <a class="secondary" href={chrome.path}>
                {errors.again}
              </a>
            ) : null}
          </p>
          {model.requestId ? (
            <p class="hint">
              {errors.request}: <code>{model.requestId}</code>
            </p>
          ) : null}
        </div>
      </Layout>
    )
  },
})
