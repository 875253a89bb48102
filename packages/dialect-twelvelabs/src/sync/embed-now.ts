import { type JsonText, priorities } from '@inferq/contracts'
import type { Call } from '../call.ts'
import { checkModel } from '../request/model-name.ts'
import { parse } from '../request/parse.ts'
import { submitTask } from '../submit.ts'
import { waitedForTag } from '../task-tags.ts'
import { EmbedRequest } from './embed-request.ts'
import { makersOf } from './makers.ts'
import { waitForEnd } from './wait-for-end.ts'
import { writeAnswer } from './write-answer.ts'

/** What is asked for becomes a task that is served before all others; answers what came of it as JSON text piece by piece. */
export async function embedNow(
  call: Call,
  body: unknown,
  gone: AbortSignal,
): Promise<AsyncIterable<JsonText | Uint8Array>> {
  const { input_type: type, model_name: model, ...blocks } = parse(EmbedRequest, body)
  checkModel(call.services, model)
  const make = makersOf[type](blocks[type], model)
  const task = await submitTask(call, (keeper) => make(call, keeper), {
    ...{ priority: priorities.first, tags: [waitedForTag] },
  })
  return writeAnswer(call, type, await waitForEnd(call, task, gone))
}
