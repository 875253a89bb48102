import { installDebianPackages } from './debian.mjs'
import { debianPostgresFolders, findProgram } from './programs.mjs'

/** Sees to it that tests can start a Postgres server; without one they go on with the embedded PGlite. */
export async function ensurePostgres() {
  if (isThere() || process.env.INFERQ_TEST_CONTAINERS === '1') return null
  const failure = await installDebianPackages(['postgresql']).then(
    () => null,
    (error) => error,
  )
  if (isThere()) return "installed Debian's postgresql, as programs only: no cluster was made"
  const why = failure === null ? '' : ` (${String(failure.message).split('\n').at(-1)})`
  return `none, and none could be installed${why}: going on with PGlite; what only a server can show is skipped`
}

const isThere = () => ['initdb', 'postgres'].every((name) => findProgram(name, debianPostgresFolders()) !== null)
