export * from './form-parts.ts'
export * from './part-text.ts'
export * from './patience.ts'
