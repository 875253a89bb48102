import { isDeepStrictEqual } from 'node:util'
import type { RecognitionSpec } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { parse } from '../request/parse.ts'
import { refuse } from './find.ts'
import { Outputs, SpecChanges } from './spec-schema.ts'

/** Throws 400 for what cannot be changed or cannot be so, 404 for a specification that was deleted meanwhile. */
export async function changeSpec(
  { services, caller }: Call,
  spec: RecognitionSpec,
  body: unknown,
): Promise<RecognitionSpec> {
  const { outputs, current_version_id: currentVersionId, ...changes } = parse(SpecChanges, body)
  if (outputs !== undefined && !isDeepStrictEqual(Outputs.safeParse(outputs).data, spec.outputs)) {
    throw new ApiError(400, 'outputs: cannot be changed, since versions depend on them; make a new specification')
  }
  const asked = { ...changes, currentVersionId }
  if (Object.values(asked).every((value) => value === undefined)) return spec
  const changed = await services.recognition.changeSpec(caller.company, spec.id, asked)
  if (changed) return changed
  if (currentVersionId == null) return refuse('specification', String(spec.id))
  throw new ApiError(400, `current_version_id: ${currentVersionId} is not a version of specification ${spec.id}`)
}
