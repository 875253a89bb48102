import { type ApiVersion, isBefore } from '../call.ts'
import type { WireDocument } from './fields.ts'
import { legacyType, tensorflowSection } from './legacy-fields.ts'
import type { ModelsPart } from './parts/models.ts'
import type { Configuration, Container, Hyperparams } from './schemas.ts'

/** What a document held under other names in older versions of the API, for callers that still ask for one of them. */
export function withLegacyViews(document: WireDocument, version: ApiVersion): WireDocument {
  if (!isBefore(version, [2, 13])) return document
  const view = { ...document }
  addTo(view, 'execution', { model: modelId(view, 'input', 0), docker_cmd: dockerCommand(view.container) })
  addTo(view, 'output', { model: modelId(view, 'output', -1) })
  if (isBefore(version, [2, 9])) {
    addTo(view, 'execution', { parameters: parameters(view.hyperparams), model_desc: modelDesign(view.configuration) })
  }
  if (isBefore(version, [2, 3]) && view.tags) {
    view.tags = [...(view.tags as string[]), ...((view.system_tags ?? []) as string[])]
  }
  return view
}

function addTo(document: WireDocument, field: 'execution' | 'output', views: WireDocument): void {
  const given = Object.entries(views).filter(([, value]) => value !== undefined)
  if (given.length > 0) document[field] = { ...(document[field] as object), ...Object.fromEntries(given) }
}

const modelId = ({ models }: WireDocument, kind: keyof ModelsPart, index: number): string | undefined =>
  (models as Partial<ModelsPart> | undefined)?.[kind]?.at(index)?.model

function dockerCommand(container: unknown): string | undefined {
  const { image, arguments: options } = (container ?? {}) as Container
  return image ? [image, options].filter(Boolean).join(' ') : undefined
}

/** What older clients wrote is marked as such; `TF_DEFINE` was a prefix, every other section is dropped. */
function parameters(hyperparams: unknown): WireDocument | undefined {
  const legacy = Object.entries((hyperparams ?? {}) as Hyperparams).flatMap(([section, items]) =>
    Object.entries(items)
      .filter(([, { type }]) => type === legacyType)
      .map(([name, { value }]) => [section === tensorflowSection ? `${section}/${name}` : name, value] as const),
  )
  return legacy.length > 0 ? Object.fromEntries(legacy) : undefined
}

function modelDesign(configuration: unknown): WireDocument | undefined {
  const legacy = Object.entries((configuration ?? {}) as Configuration).filter(([, { type }]) => type === legacyType)
  return legacy.length > 0 ? Object.fromEntries(legacy.map(([name, { value }]) => [name, value])) : undefined
}
