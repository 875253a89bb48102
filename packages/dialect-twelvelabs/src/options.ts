import type { TwelvelabsServices } from './services.ts'

export interface TwelvelabsOptions {
  services: TwelvelabsServices
}
