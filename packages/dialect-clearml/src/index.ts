export type { Endpoint } from './endpoint.ts'
export { endpoints } from './endpoints.ts'
export * from './services.ts'
export { type ClearmlOptions, clearmlApi } from './transport/plugin.ts'
