export type { DeepomaticOptions } from './options.ts'
export { deepomaticApi } from './plugin.ts'
export { withoutDoubledSlashes } from './request/doubled-slashes.ts'
export * from './services.ts'
