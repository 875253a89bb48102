import type { Call } from '../call.ts'
import { type Selection, selectionOf } from '../query/selection.ts'
import type { WireDocument } from './fields.ts'
import { type Kind, kinds } from './reference-kinds.ts'
import { textsAt, withValueAt } from './value-at.ts'

/** Documents of one kind that stand somewhere in the answer, and what is asked for of them. */
interface Batch {
  kind: Kind
  documents: WireDocument[]
  selection: Selection
}

/** One field of a batch's documents that holds ids, and what is asked for of what they stand for. */
interface Reference {
  batch: Batch
  path: readonly string[]
  to: Kind
  selection: Selection
}

/**
 * The same documents with objects in place of the ids of other things: `{ id }`, and as much more of them as the
 * selection follows (`project.name`). One load per kind and level, however many documents there are.
 */
export async function expandReferences(
  call: Call,
  kind: Kind,
  documents: readonly WireDocument[],
  selection: Selection,
): Promise<WireDocument[]> {
  const top: Batch = { kind, documents: [...documents], selection }
  await expandLevel(call, [top])
  return top.documents
}

async function expandLevel(call: Call, batches: readonly Batch[]): Promise<void> {
  const references = batches.flatMap(referencesOf)
  const records = await loadAll(call, references)
  const filled = await Promise.all(
    references.map(async (reference) => {
      const { to, batch, path, selection } = reference
      if (!isFollowed(selection)) return { reference, below: null }
      const ids = new Set(batch.documents.flatMap((document) => textsAt(document, path)))
      const found = (records.get(to) ?? []).filter(({ id }) => ids.has(id))
      const documents = await kinds[to].write(call, found, selection)
      return { reference, below: { kind: to, documents, selection } satisfies Batch }
    }),
  )
  const deeper = filled.flatMap(({ below }) => below ?? [])
  // What they refer to themselves comes first, so that each object is complete when it is put in.
  if (deeper.length > 0) await expandLevel(call, deeper)
  for (const { reference, below } of filled) fill(reference, below?.documents ?? [])
}

function referencesOf(batch: Batch): Reference[] {
  return kinds[batch.kind].references.flatMap(({ path, to }) => {
    const selection = path.reduce<Selection | null>((at, part) => at && selectionOf(at, part), batch.selection)
    return selection ? [{ batch, path, to, selection }] : []
  })
}

/** Each kind once, whatever fields name it. */
async function loadAll(call: Call, references: readonly Reference[]) {
  const wanted = new Map<Kind, Set<string>>()
  for (const { batch, path, to, selection } of references) {
    if (!isFollowed(selection)) continue
    const ids = wanted.get(to) ?? new Set()
    for (const id of batch.documents.flatMap((document) => textsAt(document, path))) if (id !== '') ids.add(id)
    wanted.set(to, ids)
  }
  const loads = [...wanted].map(async ([kind, ids]) => [kind, await kinds[kind].find(call, [...ids])] as const)
  return new Map(await Promise.all(loads))
}

/** Whether more than the id is asked for. */
const isFollowed = ({ deep, named }: Selection): boolean => deep || [...named.values()].some((part) => part !== null)

/** What nobody found keeps its id; an empty id is an empty object. */
function fill({ batch, path }: Reference, found: readonly WireDocument[]): void {
  const byId = new Map(found.map((document) => [document.id, document]))
  const objectOf = (id: string) => (id === '' ? {} : (byId.get(id) ?? { id }))
  batch.documents = batch.documents.map((document) => withValueAt(document, path, objectOf) as WireDocument)
}
