import type { DetailedTask, Document } from '@inferq/domain'
import type { Script } from '../schemas.ts'

/** The repository of the jobs that Inferq's own workers run; the entry point then is the job. */
export const inferqRepository = 'inferq'

/** As answers have it: these four always. */
export type ScriptPart = Script & Required<Pick<Script, 'binary' | 'repository' | 'entry_point' | 'requirements'>>

export const scriptOf = ({ script, job }: Pick<DetailedTask, 'script' | 'job'>): ScriptPart => ({
  binary: 'python',
  repository: '',
  entry_point: '',
  requirements: {},
  ...script,
  ...(job === null ? {} : { repository: inferqRepository, entry_point: job }),
})

/** What the row keeps of a whole script. */
export function storeScript(script: Script): { job: string | null; script: Document } {
  const { repository, entry_point, ...rest } = script
  return repository === inferqRepository ? { job: entry_point ?? '', script: rest } : { job: null, script }
}
