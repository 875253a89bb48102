import type { Model } from '@inferq/domain'
import { type Call, isBefore } from '../call.ts'
import type { WireDocument } from '../document/fields.ts'
import { modelFields } from '../document/referenced-fields.ts'
import { writeFields } from '../document/select.ts'
import { everything, type Selection } from '../query/selection.ts'

/** Clients up to 2.16 expect a list of metadata and are given an empty one. */
export function modelDocument({ version }: Call, model: Model, selection: Selection = everything): WireDocument {
  const document = writeFields(modelFields, selection, model)
  return isBefore(version, [2, 17]) && 'metadata' in document ? { ...document, metadata: [] } : document
}
