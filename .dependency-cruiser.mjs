/**
 * Who may import whom; docs/architecture.md draws the same picture. A package that is absent here may import none of
 * ours, and no file is free of these rules: tests may only reach the testkit and the client on top.
 */
const mayImport = {
  'packages/contracts': [],
  'packages/domain': ['contracts'],
  'packages/dialect-clearml': ['contracts', 'domain', 'forms'],
  'packages/dialect-deepomatic': ['contracts', 'domain', 'forms'],
  'packages/dialect-twelvelabs': ['contracts', 'domain', 'forms'],
  'packages/store': ['contracts', 'domain'],
  'packages/queue': ['contracts', 'domain'],
  'packages/files': ['contracts', 'domain'],
  'packages/engines': ['contracts'],
  'packages/fetcher': ['contracts'],
  'packages/forms': [],
  'packages/media': ['contracts'],
  'packages/telemetry': [],
  'packages/service': ['contracts'],
  'packages/client': ['contracts'],
  'packages/testkit': [],
  'packages/core-testkit': ['domain', 'store', 'queue', 'files', 'testkit'],
  'apps/api': ['contracts', 'domain', 'store', 'queue', 'files', 'service', 'telemetry', 'dialect-[^/]+'],
  // Not domain and not store: a GPU machine holds no database credentials, and no code that could want them.
  'apps/worker': ['contracts', 'queue', 'files', 'engines', 'fetcher', 'media', 'service', 'telemetry'],
  'apps/console': ['contracts', 'client'],
}
const testsMayAlsoImport = ['testkit', 'core-testkit', 'client']
/** The endpoints of a dialect are tested on the real parts that the api puts behind them. */
const moreForTests = {
  'packages/dialect-clearml': ['store', 'queue'],
  'packages/dialect-deepomatic': ['store', 'queue'],
  'packages/dialect-twelvelabs': ['store'],
}

/** Packages of others that one of ours is the wall around; tests look behind every wall. */
const soleImporters = [
  { modules: ['kysely', 'pg', '@electric-sql/pglite'], importer: 'packages/store' },
  { modules: ['bullmq', 'ioredis'], importer: 'packages/queue' },
  { modules: ['@huggingface/transformers', 'onnxruntime-node'], importer: 'packages/engines' },
  { modules: ['@aws-sdk/[^/]+'], importer: 'packages/files' },
]

/** All that these may import of others. The domain may use Node's pure helpers, but nothing that reads or writes. */
const onlyImports = {
  'packages/contracts': { npm: ['zod'], node: [] },
  'packages/domain': {
    npm: ['uuid'],
    node: ['crypto', 'events', 'util', 'stream', 'timers', 'timers/promises', 'async_hooks'],
  },
  // The guard around addresses stays small enough to be read as a whole.
  'packages/fetcher': { npm: ['ipaddr.js'] },
  'packages/dialect-[^/]+': {
    npm: ['zod', 'jose', 'fastify', 'fastify-plugin', 'fastify-type-provider-zod', '@fastify/[^/]+'],
  },
}

const tests = '([.](test|contract|fixture)[.]ts$|/(testing|contract)/)'
const ours = '^(packages|apps|test|scripts)/'
const anyOf = (names) => `(${names.join('|')})`
const npm = (names) => `node_modules/${anyOf(names)}/`
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

function mayImportRules([folder, names]) {
  const allowed = (more) => [`^${folder}/`, ...[...names, ...more].map((name) => `^packages/${name}/`)]
  const said = names.length === 0 ? 'none of ours' : names.join(', ')
  const comment = `${folder} may import ${said}`
  const forTests = [...testsMayAlsoImport, ...(moreForTests[folder] ?? [])]
  return [
    error(`${folder}-imports`, comment, { path: `^${folder}/`, pathNot: tests }, { path: ours, pathNot: allowed([]) }),
    error(
      `${folder}-test-imports`,
      `${comment}; its tests also ${forTests.join(', ')}`,
      { path: `^${folder}/.*${tests}` },
      { path: ours, pathNot: allowed(forTests) },
    ),
  ]
}

function onlyImportRules([folder, { npm: modules, node }]) {
  const from = { path: `^${folder}/`, pathNot: tests }
  const rules = [
    error(`${folder}-npm`, `of npm, ${folder} may import only ${modules.join(', ')}`, from, {
      path: 'node_modules/',
      pathNot: npm(modules),
    }),
  ]
  if (node === undefined) return rules
  const pathNot = `^(node:)?${anyOf(node)}$`
  const comment = `of Node, ${folder} may import ${node.length === 0 ? 'nothing' : `only ${node.join(', ')}`}`
  return [...rules, error(`${folder}-node`, comment, from, { dependencyTypes: ['core'], pathNot })]
}

export default {
  forbidden: [
    ...Object.entries(mayImport).flatMap(mayImportRules),
    ...Object.entries(onlyImports).flatMap(onlyImportRules),
    ...soleImporters.map(({ modules, importer }) =>
      error(
        `only-${importer}`,
        `${modules.join(', ')}: only ${importer} imports these; ask it for what you need`,
        { path: '^(packages|apps)/', pathNot: [`^${importer}/`, '^packages/testkit/', tests] },
        { path: npm(modules) },
      ),
    ),
    error(
      'unknown-folder',
      'a new package or app must be named in .dependency-cruiser.mjs',
      { path: '^(packages|apps)/', pathNot: Object.keys(mayImport).map((folder) => `^${folder}/`) },
      {},
    ),
    error(
      'no-app-imported',
      'nobody imports an app: what two apps need belongs in a package',
      { path: '^([^/]+/[^/]+)/' },
      { path: '^apps/', pathNot: '^$1/' },
    ),
    error(
      'one-door',
      'a package is imported by its name, never by a path into its src',
      { path: '^([^/]+/[^/]+)/' },
      { path: '^packages/', pathNot: ['^$1/', '^packages/[^/]+/src/index[.]ts$'] },
    ),
    error('no-cycle', 'files that import each other are one file, or need a third', {}, { circular: true }),
    error('resolvable', 'this import leads nowhere', {}, { couldNotResolve: true }),
    error(
      'declared',
      'what runs in production is among the dependencies of its own package.json',
      { path: '^(packages|apps)/', pathNot: tests },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], dependencyTypesNot: ['npm'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count: a package that needs another's types depends on it.
    tsPreCompilationDeps: true,
    exoticRequireStrings: [],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
