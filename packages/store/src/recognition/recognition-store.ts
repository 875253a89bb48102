import type { RecognitionStore } from '@inferq/domain'
import type { Db } from '../server/server.ts'
import { ensureNetworks } from './networks.ts'
import { specMethods } from './specs.ts'
import { versionMethods } from './versions.ts'

export const createRecognitionStore = (db: Db): RecognitionStore => ({
  ...specMethods(db),
  ...versionMethods(db),
  networks: (company, models) => ensureNetworks(db, company, models),
})
