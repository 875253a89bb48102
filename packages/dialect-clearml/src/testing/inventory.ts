import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Endpoint } from '../endpoint.ts'

const kinds = ['success', 'refusal', 'wrong input'] as const
type Kind = (typeof kinds)[number]

/** An endpoint and the tests beside it, counted by how their titles begin. */
export interface Inventoried {
  endpoint: Endpoint
  /** `tasks/get-by-id.test.ts`, first of all; from the folder of the sources. */
  files: readonly string[]
  tests: Readonly<Record<Kind, number>>
}

const sources = join(import.meta.dirname, '..')

export const inventory = (endpoints: readonly Endpoint[]): Inventoried[] =>
  endpoints.map((endpoint) => {
    const [service, action = ''] = endpoint.name.split('.')
    const own = `${service}/${action.replaceAll('_', '-')}`
    const more = globSync(`${own}.*.test.ts`, { cwd: sources }).sort()
    const files = [`${own}.test.ts`, ...more].filter((file) => existsSync(join(sources, file)))
    const text = files.map((file) => readFileSync(join(sources, file), 'utf8')).join('\n')
    const count = (kind: Kind) => [...text.matchAll(new RegExp(`['"\`]${kind}: `, 'g'))].length
    return {
      endpoint,
      files,
      tests: { success: count('success'), refusal: count('refusal'), 'wrong input': count('wrong input') },
    }
  })

/** What an endpoint has no test of. */
export const untested = ({ tests }: Inventoried): Kind[] => kinds.filter((kind) => tests[kind] === 0)

/** The endpoints as Markdown, one table per service. `sourcesPath`: where the sources are for the page. */
export function inventoryTables(all: readonly Inventoried[], sourcesPath: string): string {
  const byService = Map.groupBy(all, ({ endpoint }) => endpoint.name.split('.')[0] as string)
  const tables = [...byService].map(([service, some]) => {
    const rows = some.map((one) => row(one, sourcesPath)).sort()
    return [`### ${service}`, '', ...head, ...rows].join('\n')
  })
  return tables.join('\n\n')
}

const head = [
  '| endpoint | since | who may call | tests | success | refusal | wrong input |',
  '| --- | --- | --- | --- | --- | --- | --- |',
]

function row({ endpoint, files, tests }: Inventoried, sourcesPath: string): string {
  const links = files.map((file) => `[${file.replace(/^.*\/|\.test\.ts$/g, '')}](${sourcesPath}/${file})`).join(', ')
  const cells = [`\`${endpoint.name}\``, endpoint.since, callers(endpoint), links, ...kinds.map((kind) => tests[kind])]
  return `| ${cells.join(' | ')} |`
}

function callers({ authorize, roles }: Endpoint): string {
  if (authorize !== 'required') return 'anyone'
  return roles === null ? 'every role' : roles.join(', ')
}
