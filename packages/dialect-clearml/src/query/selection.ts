import type { Collection } from './collection.ts'
import { fieldPath } from './field-path.ts'
import { unknownField } from './refuse.ts'
import { type QueryRequest, readTexts } from './request.ts'

/** Which parts of a document are asked for. */
export interface Selection {
  /** Also the parts that are not named. */
  rest: boolean
  /** Null: left out. */
  named: ReadonlyMap<string, Selection | null>
  /** `.*` was asked for: where a reference stands, all of what it refers to. */
  deep: boolean
}

export const everything: Selection = { rest: true, named: new Map(), deep: false }
const everythingDeep: Selection = { ...everything, deep: true }

interface Branch extends Selection {
  named: Map<string, Branch | Selection | null>
}

/** `only_fields`, or `projection` as older clients call it. Throws 400/14 for what the collection does not have. */
export function readSelection(request: QueryRequest, collection: Collection): Selection {
  const names = readTexts(request, 'only_fields') ?? readTexts(request, 'projection') ?? []
  if (names.length === 0) return everything
  const wanted = names.filter((name) => !name.startsWith('-'))
  const root: Branch = { rest: wanted.length === 0, named: new Map(), deep: false }
  // Parents first, so that they absorb their children.
  for (const name of wanted.toSorted((a, b) => a.split('.').length - b.split('.').length)) {
    if (name === '*') root.rest = true
    else if (name.endsWith('.*')) include(root, pathOf(name.slice(0, -2), collection), everythingDeep)
    else include(root, pathOf(name, collection), everything)
  }
  for (const name of names.filter((name) => name.startsWith('-'))) exclude(root, pathOf(name.slice(1), collection))
  return root
}

function pathOf(name: string, collection: Collection): readonly string[] {
  const path = fieldPath(name, 'only_fields')
  if (!collection.fields.includes(path[0] as string)) throw unknownField(collection.name, name)
  return path
}

function include(branch: Branch, [part, ...below]: readonly string[], leaf: Selection): void {
  if (part === undefined) return
  const known = branch.named.get(part)
  if (below.length === 0) {
    // `project.*` says more than `project`.
    if (known !== everythingDeep) branch.named.set(part, leaf)
    return
  }
  if (known === everything || known === everythingDeep) return
  const next = (known ?? { rest: false, named: new Map(), deep: false }) as Branch
  branch.named.set(part, next)
  include(next, below, leaf)
}

function exclude(branch: Branch, [part, ...below]: readonly string[]): void {
  if (part === undefined) return
  if (below.length === 0) {
    branch.named.set(part, null)
    return
  }
  const known = branch.named.get(part)
  if (known === null || (known === undefined && !branch.rest)) return
  const next: Branch = { ...(known ?? everything), named: new Map(known?.named) }
  branch.named.set(part, next)
  exclude(next, below)
}

/** What is asked for of a part. Null: nothing. */
export const selectionOf = ({ rest, named }: Selection, part: string): Selection | null => {
  const known = named.get(part)
  return known === undefined ? (rest ? everything : null) : known
}
