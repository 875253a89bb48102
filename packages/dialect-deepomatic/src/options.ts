import type { DeepomaticServices } from './services.ts'

export interface DeepomaticOptions {
  services: DeepomaticServices
}
