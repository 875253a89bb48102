import type { z } from 'zod'

export interface JobDefinition<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Result extends z.ZodType = z.ZodType,
> {
  readonly name: Name
  readonly summary: string
  readonly input: Input
  readonly result: Result
  /** Starts allowed before a transient error is final, unless the producer says otherwise. */
  readonly attempts: number
  readonly attemptTimeoutMs: number
  /** The models this input asks for; the api refuses a task whose model nobody offers. */
  readonly modelOf?: (input: z.output<Input>) => string | undefined
  /** Files that this input names. Only those that came with the task itself, or uploads of its company, are allowed. */
  readonly filesOf?: (input: z.output<Input>) => readonly NamedFile[]
  /** An attempt keeps what it has done in a file, so that the next one of the run goes on from there. */
  readonly keepsPartials?: true
}

/** A key in the file store, and where in the input it stands. */
export interface NamedFile {
  readonly key: string
  readonly path: readonly (string | number)[]
}

/** Keeps the literal types of one job: what goes in, what comes out, how long an attempt may take. */
export const defineJob = <const Name extends string, Input extends z.ZodType, Result extends z.ZodType>(
  job: JobDefinition<Name, Input, Result>,
) => job
