export * from './form-parts.ts'
export * from './patience.ts'
