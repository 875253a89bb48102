import type { ValuesOf, Variables } from './variable.ts'

/** Everything that is wrong with the settings, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`the settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** Reads every setting of the table from its text. Throws a ConfigError that lists all problems, the given ones first. */
export function readSettings<Table extends Variables>(
  variables: Table,
  texts: Readonly<Record<string, string | undefined>>,
  problemsBefore: readonly string[] = [],
): ValuesOf<Table> {
  const problems = [...problemsBefore]
  const values: Record<string, unknown> = {}
  for (const [name, { default: fallback, schema, isSecret }] of Object.entries(variables)) {
    // A variable that is set to nothing is one that is not set: compose files pass those.
    const text = texts[name]?.trim() || (fallback ?? undefined)
    const parsed = schema.safeParse(text)
    if (parsed.success) values[name] = parsed.data
    else
      problems.push(...parsed.error.issues.map(({ message }) => describe(name, isSecret ? undefined : text, message)))
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return values as ValuesOf<Table>
}

const describe = (name: string, text: string | undefined, problem: string): string =>
  text === undefined ? `${name} ${problem}` : `${name}: "${text}" ${problem}`

/** The program's settings, or its end: bad ones are listed for whoever started it, without a stack. */
export function settingsOrExit<Settings>(read: () => Settings): Settings {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(2)
  }
}
