import type { Chrome } from './chrome.ts'
import type { LetterModel } from './letter.ts'
import type {
  AgendaModel,
  ErrorModel,
  LettersModel,
  RegisterModel,
  SignInModel,
  StartModel,
  TimingModel,
  TrayModel,
} from './lists.ts'

/** Every page by name with what it is told. */
export interface Models {
  agenda: AgendaModel
  error: ErrorModel
  instance: LetterModel
  letter: LetterModel
  letters: LettersModel
  register: RegisterModel
  'sign-in': SignInModel
  start: StartModel
  timing: TimingModel
  tray: TrayModel
}

/** A page of `templates/pages`: a pure function to a whole HTML document. */
export interface Page<Name extends keyof Models = keyof Models> {
  readonly name: Name
  render(model: Models[Name], chrome: Chrome): string
}

export type Pages = { readonly [Name in keyof Models]: Page<Name> }
