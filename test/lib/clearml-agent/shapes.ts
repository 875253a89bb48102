/** What an answer must hold for its reader, who looks for nothing else. */
export type Shape = keyof Plain | readonly [Shape] | { readonly [key: string]: Shape }

interface Plain {
  string: string
  number: number
  object: Readonly<Record<string, unknown>>
}

export type Shaped<S> = S extends keyof Plain
  ? Plain[S]
  : S extends readonly [infer Item]
    ? readonly Shaped<Item>[]
    : { readonly [Key in keyof S]: Shaped<S[Key]> }

/** Throws, naming the first thing that is missing or of another type. */
export function assertShape<const S extends Shape>(value: unknown, shape: S, at: string): asserts value is Shaped<S> {
  if (typeof shape === 'string') {
    if (!isPlain(value, shape)) throw new Error(`${at} must be a ${shape} and is ${JSON.stringify(value)}`)
  } else if (isList(shape)) {
    if (!Array.isArray(value)) throw new Error(`${at} must be an array and is ${JSON.stringify(value)}`)
    for (const [index, item] of value.entries()) assertShape(item, shape[0], `${at}[${index}]`)
  } else {
    if (!isObject(value)) throw new Error(`${at} must be an object and is ${JSON.stringify(value)}`)
    for (const [key, part] of Object.entries<Shape>(shape)) assertShape(value[key], part, `${at}.${key}`)
  }
}

function isPlain(value: unknown, type: keyof Plain): boolean {
  if (type === 'object') return isObject(value)
  return type === 'string' ? typeof value === 'string' : typeof value === 'number'
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)
