import type { InferqClient } from '@inferq/client'

export interface Scene {
  title: string
  /** Throws when what it shows is not so. */
  play: (client: InferqClient, say: (line: string) => void, server: DemoServer) => Promise<void>
}

/** For scenes that speak another wire language than the native client. */
export interface DemoServer {
  url: string
  accessKey: string
  secretKey: string
}
