import { newTaskId, type Task } from '@inferq/domain'
import type { FastifyRequest } from 'fastify'
import type { Call } from '../call.ts'
import type { Target } from '../recognition/resolve-target.ts'
import { parse } from '../request/parse.ts'
import { createImageKeeper } from './image-keeper.ts'
import { jobInput } from './job-input.ts'
import { readForm } from './read-form.ts'
import { InferenceRequest } from './request.ts'

/**
 * Makes one task of all images of a request. Whatever is not answered with a task leaves no file behind: clients send a
 * request again after a fault, with its images, and of the first one at most a task remains that says they are gone.
 */
export async function runInference({ services, caller }: Call, target: Target, request: FastifyRequest): Promise<Task> {
  const id = newTaskId()
  const keeper = createImageKeeper(services.files, id)
  try {
    const body = request.isMultipart() ? await readForm(request, keeper) : request.body
    const input = await jobInput(parse(InferenceRequest, body), target, keeper)
    const { company, user } = caller
    const { queue } = services.settings
    const answer = await services.submit({ id, company, user, job: target.job, input, queue })
    if ('error' in answer) throw answer.error
    return answer.task
  } catch (error) {
    // What is wrong with the request is what its sender must hear of.
    await keeper.drop().catch(() => {})
    throw error
  }
}
