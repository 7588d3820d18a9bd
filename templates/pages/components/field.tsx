import type { ComponentChildren } from 'preact'
import type { Field, Language, Option } from '../../../src/http/index.ts'
import { type Labels, word } from '../labels/index.ts'

export interface FieldProps {
  field: Field
  /** Prefix that keeps ids apart when a page has several forms. */
  scope: string
  labels: Labels
  language: Language
  autofocus?: boolean
  placeholder?: string
  list?: string
  max?: string
}

const idOf = (scope: string, name: string): string => `${scope}-${name.replaceAll('.', '-')}`

/** The field's wording: the schema's title, else the labels' word for its last name, else that name. */
export function fieldTitle(field: Field, labels: Labels, language: Language): string {
  const last = field.name.split('.').at(-1) ?? field.name
  return field.title ? word(field.title, language) : (labels.form.fields[last] ?? last)
}

function errorText(field: Field, labels: Labels): string | null {
  return field.error === null ? null : (labels.form.errors[field.error] ?? labels.form.errors.invalid ?? null)
}

function Caption({ field, labels, language }: Pick<FieldProps, 'field' | 'labels' | 'language'>) {
  return (
    <>
      {fieldTitle(field, labels, language)}
      {field.required ? null : <span class="optional"> {labels.optional}</span>}
    </>
  )
}

function Wrong({ id, text }: { id: string; text: string | null }) {
  return text === null ? null : (
    <p class="wrong" id={id}>
      {text}
    </p>
  )
}

/** An option's wording: its own label, else the labels' word for its value, else that value. */
export function optionTitle({ label, value }: Option, labels: Labels, language: Language): string {
  return label ? word(label, language) : (labels.form.options[value] ?? value)
}

interface ChipProps {
  labels: Labels
  type: 'checkbox' | 'radio'
  name: string
  option: Option
  checked: boolean
  id: string
  language: Language
  required?: boolean | undefined
}

/** One choice as a chip: a real checkbox or radio underneath. */
export function Chip({ type, name, option, checked, id, labels, language, required }: ChipProps) {
  return (
    <span class="chip">
      <input type={type} name={name} value={option.value} checked={checked} id={id} required={required} />
      <label for={id}>
        {optionTitle(option, labels, language)}
        {option.hint ? <small>{option.hint}</small> : null}
      </label>
    </span>
  )
}

function Choices({ field, scope, labels, language, children }: FieldProps & { children?: ComponentChildren }) {
  const id = idOf(scope, field.name)
  const many = field.control === 'choices' || field.control === 'posts'
  const wrong = errorText(field, labels)
  return (
    <fieldset class="field" aria-describedby={wrong ? `${id}-wrong` : undefined}>
      <legend>
        <Caption field={field} labels={labels} language={language} />
      </legend>
      <div class="chips">
        {field.options.map((option, index) => (
          <Chip
            key={option.value}
            type={many ? 'checkbox' : 'radio'}
            name={field.name}
            option={option}
            checked={field.values.includes(option.value)}
            id={`${id}-${index}`}
            labels={labels}
            language={language}
            required={!many && field.required}
          />
        ))}
      </div>
      {children}
      <Wrong id={`${id}-wrong`} text={wrong} />
    </fieldset>
  )
}

function Select({ field, scope, labels, language }: FieldProps) {
  const id = idOf(scope, field.name)
  return (
    <select id={id} name={field.name} required={field.required} aria-invalid={field.error ? true : undefined}>
      <option value="">{labels.form.choose}</option>
      {field.options.map((option) => (
        <option key={option.value} value={option.value} selected={field.values.includes(option.value)}>
          {optionTitle(option, labels, language)}
          {option.hint ? ` (${option.hint})` : ''}
        </option>
      ))}
    </select>
  )
}

const inputTypes: Partial<Record<Field['control'], 'number' | 'date' | 'datetime-local'>> = {
  number: 'number',
  date: 'date',
  datetime: 'datetime-local',
}

function Input(props: FieldProps) {
  const { field, scope, autofocus, placeholder, list, max, labels } = props
  const id = idOf(scope, field.name)
  const common = {
    id,
    name: field.name,
    required: field.required,
    maxLength: field.maxLength ?? undefined,
    autofocus,
    placeholder,
    'aria-invalid': field.error ? true : undefined,
    'aria-describedby': field.error ? `${id}-wrong` : undefined,
  }
  if (field.control === 'textarea') return <textarea {...common} rows={3} value={field.values[0] ?? ''} />
  if (field.control === 'choice' || field.control === 'post') return <Select {...props} />
  if (field.control === 'file') {
    return (
      <>
        <input {...common} type="file" />
        <p class="hint">{labels.form.fileHint}</p>
      </>
    )
  }
  const type = inputTypes[field.control] ?? 'text'
  return <input {...common} type={type} value={field.values[0] ?? ''} list={list} max={max} autocomplete="off" />
}

const FEW = 6

/** One question with its label, its answer so far and what is wrong with it. */
export function FieldRow(props: FieldProps) {
  const { field, scope, labels, language } = props
  const id = idOf(scope, field.name)
  if (field.control === 'choices' || field.control === 'posts') return <Choices {...props} />
  if (field.control === 'choice' && field.options.length <= FEW) return <Choices {...props} />
  if (field.control === 'flag') {
    const option = {
      value: 'true',
      label: { id: fieldTitle(field, labels, 'id'), en: fieldTitle(field, labels, 'en') },
      hint: null,
    }
    const checked = field.values.includes('true')
    return (
      <div class="field">
        <Chip
          type="checkbox"
          name={field.name}
          option={option}
          checked={checked}
          id={id}
          labels={labels}
          language={language}
        />
      </div>
    )
  }
  return (
    <div class="field">
      <label for={id}>
        <Caption field={field} labels={labels} language={language} />
      </label>
      <Input {...props} />
      <Wrong id={`${id}-wrong`} text={errorText(field, labels)} />
    </div>
  )
}
