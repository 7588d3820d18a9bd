import type { Chrome, PersonaView, SignInModel } from '../../src/http/index.ts'
import { definePage } from './components/define-page.ts'
import { LanguageSwitch, Layout } from './components/layout.tsx'
import { Mark } from './components/marks.tsx'
import { Refusal } from './components/refusal.tsx'
import { type Labels, labelsOf, word } from './labels/index.ts'

interface Props {
  model: SignInModel
  labels: Labels
  chrome: Chrome
}

function Persona({ persona, model, labels, chrome }: Props & { persona: PersonaView }) {
  return (
    <li>
      <form method="post" action="/sign-in">
        <input type="hidden" name="_csrf" value={chrome.csrf} />
        <input type="hidden" name="next" value={model.next} />
        <button class="persona" type="submit" name="persona" value={persona.id}>
          <strong>{persona.name}</strong>
          <span>{persona.post}</span>
          <small>
            {word(persona.line, chrome.language)}
            {persona.tasks === null ? null : <em>{labels.signIn.waiting(persona.tasks)}</em>}
          </small>
        </button>
      </form>
    </li>
  )
}

function Personas(props: Props) {
  const { model, labels } = props
  const units = [...new Set(model.personas.map((persona) => persona.unit))]
  if (units.length === 0) return <p class="quiet">{labels.signIn.empty}</p>
  return (
    <>
      {units.map((unit) => (
        <section key={unit} class="persona-unit">
          <h2>{unit}</h2>
          <ul class="personas">
            {model.personas
              .filter((persona) => persona.unit === unit)
              .map((persona) => (
                <Persona key={persona.id} persona={persona} {...props} />
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function AccountForm({ model, labels, chrome }: Props) {
  const { signIn } = labels
  return (
    <form class="account-form" method="post" action="/sign-in">
      <input type="hidden" name="_csrf" value={chrome.csrf} />
      <input type="hidden" name="next" value={model.next} />
      <div class="field">
        <label for="username">{signIn.username}</label>
        <input
          id="username"
          name="username"
          autocomplete="username"
          required
          value={model.username}
          autofocus={!chrome.trial && model.refusal === null}
        />
      </div>
      <div class="field">
        <label for="password">{signIn.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
      </div>
      <button class="primary" type="submit">
        {signIn.submit}
      </button>
    </form>
  )
}

function Welcome({ labels }: { labels: Labels }) {
  return (
    <div class="welcome">
      <p class="wordmark">
        <Mark />
        <span>{labels.product}</span>
      </p>
      <p class="welcome-line">{labels.tagline}</p>
      <svg class="welcome-river" viewBox="0 0 420 160" aria-hidden="true">
        <path class="welcome-sand" d="M-10 84C70 84 84 118 176 118S330 70 440 70" />
        <path class="welcome-water" d="M-10 84C70 84 84 40 176 40S330 70 440 70" />
        <path class="welcome-thin" d="M176 40C230 40 240 14 300 14S380 30 440 30" />
      </svg>
    </div>
  )
}

export default definePage({
  name: 'sign-in',
  render: (model, chrome) => {
    const labels = labelsOf(chrome.language)
    const { signIn } = labels
    const props = { model, labels, chrome }
    return (
      <Layout title={signIn.title} chrome={chrome} styles={['forms', 'sign-in']} bare measure="sign-in">
        <Welcome labels={labels} />
        <div class="sign-in-body">
          <div class="sign-in-language">
            <LanguageSwitch chrome={chrome} labels={labels} />
          </div>
          <h1>{chrome.trial ? signIn.trialTitle : signIn.title}</h1>
          <p class="quiet">{chrome.trial ? signIn.trialLead : signIn.lead}</p>
          {model.refusal ? <Refusal refusal={model.refusal} labels={labels} /> : null}
          {chrome.trial ? (
            <>
              <Personas {...props} />
              <details class="fold" open={model.username !== ''}>
                <summary>{signIn.own}</summary>
                <AccountForm {...props} />
              </details>
            </>
          ) : (
            <AccountForm {...props} />
          )}
        </div>
      </Layout>
    )
  },
})
