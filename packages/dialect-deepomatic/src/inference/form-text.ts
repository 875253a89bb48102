import { ApiError } from '../errors/api-error.ts'
import { type FormField, shown } from './form-field.ts'

const booleans: Readonly<Record<string, boolean>> = {
  ...{ true: true, True: true, '1': true },
  ...{ false: false, False: false, '0': false },
}
const decimal = /^[+-]?(\d+[.]?\d*|[.]\d+)(e[+-]?\d+)?$/i

/** The value of a text part. Clients give parts JSON's type and write them as Python does, so the type says nothing. */
export function readText(name: string, { reads }: FormField, text: string): unknown {
  if (reads === 'source') return text.trim()
  const value = text.trim()
  if (reads === 'boolean') {
    if (Object.hasOwn(booleans, value)) return booleans[value]
    throw new ApiError(400, `${shown(name)}: must be true or false`)
  }
  if (decimal.test(value)) return Number(value)
  throw new ApiError(400, `${shown(name)}: must be a decimal number`)
}
