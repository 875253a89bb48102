import { findJob, type JobDefinition, jobNames, type TaskId } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import { fieldIssues } from '../field-issues.ts'
import type { Ports } from '../ports.ts'
import { checkFiles } from './task-files.ts'

export interface CheckedInput {
  job: JobDefinition
  input: unknown
}

/** Holds a submission against the job's own schema. Throws JOB_UNKNOWN or INPUT_INVALID, naming the field. */
export function checkInput(jobName: string, input: unknown): CheckedInput {
  const job = findJob(jobName)
  if (!job) {
    const problem = `"${jobName.slice(0, 100)}" is not a job; the jobs are ${jobNames.join(', ')}`
    throw new DomainError('JOB_UNKNOWN', problem, { issues: [{ field: 'job', problem }] })
  }
  const parsed = job.input.safeParse(input)
  if (!parsed.success) {
    throw new DomainError('INPUT_INVALID', `the input does not fit the job ${jobName}`, {
      issues: fieldIssues(parsed.error.issues, 'input'),
    })
  }
  return { job, input: parsed.data }
}

/** Throws MODEL_UNKNOWN when the input asks for a model that nobody offers. */
export function checkModel({ job, input }: CheckedInput, known: readonly string[]): void {
  const model = job.modelOf?.(input)
  if (model === undefined || known.includes(model)) return
  const problem = `"${model}" is not a model of this server; the models are ${known.join(', ')}`
  throw new DomainError('MODEL_UNKNOWN', problem, { issues: [{ field: 'input.model', problem }] })
}

/** Both of these, and whose files it names. Whose models there are is only asked where the job wants one. */
export async function checkSubmission(
  { knownModels }: Pick<Ports, 'knownModels'>,
  task: { id: TaskId; company: string; job: string },
  input: unknown,
): Promise<CheckedInput> {
  const checked = checkInput(task.job, input)
  checkFiles(checked, task)
  if (checked.job.modelOf?.(checked.input) !== undefined) checkModel(checked, await knownModels(task.company))
  return checked
}
