export interface FetchOptions {
  /** Ends the fetch at once, which then rejects with the signal's reason. */
  signal: AbortSignal
  /** Of the body; one that says or turns out to be larger is INPUT_TOO_LARGE. */
  maxBytes: number
  /**
   * Beginnings of the media types that are taken: `image/`. An answer that names no type, or only says that it is
   * bytes, is taken too: what it is shows when it is read.
   */
  contentTypes: readonly string[]
}

export interface Fetched {
  /** In a buffer of their own, which may be transferred to another thread. */
  bytes: Uint8Array
  /** The media type in lower case and without parameters; null when none was named. */
  contentType: string | null
}

export interface Opened {
  contentType: string | null
  /** As the server says it, never above `maxBytes`; null when it does not say. */
  contentLength: number | null
  /** To be read once. Whoever leaves it unread aborts the signal, or holds the connection until `totalTimeoutMs`. */
  body: AsyncIterable<Uint8Array>
}

/**
 * Reads addresses that producers name, and only those that anybody on the internet could read. All fails with a
 * `JobError`: INPUT_REFUSED for what is never going to be fetched, INPUT_UNREACHABLE for what may work later,
 * INPUT_TOO_LARGE. Messages name the host that the producer named and nothing that was learned on the way.
 */
export interface Fetcher {
  fetchBytes(url: string, options: FetchOptions): Promise<Fetched>
  /** For what is too large to hold; `totalTimeoutMs` includes the time that the reader of the body takes. */
  open(url: string, options: FetchOptions): Promise<Opened>
  /** Ends what is running, as WORKER_SHUTDOWN. */
  close(): Promise<void>
}

export interface FetcherOptions {
  /**
   * What may be fetched although it is inside, for closed networks: host names (`files.lan`, `*.lan` for all below it),
   * IP addresses (`10.0.0.7`) and CIDRs (`10.1.0.0/16`). A name lets in addresses of private networks and of this
   * machine; all else that is special, such as link-local metadata services, must be named by its address.
   */
  allow?: readonly string[]
  /** 0 follows none. */
  maxRedirects?: number
  /** For one hop's name look-up, connection and TLS handshake together. */
  connectTimeoutMs?: number
  /** From the connection to the last of the headers. */
  headersTimeoutMs?: number
  /** Between two pieces of the body. */
  bodyIdleTimeoutMs?: number
  /** For everything, redirects and body included. */
  totalTimeoutMs?: number
  /** The addresses of a host name. Default: as this machine resolves names, its hosts file included. */
  resolve?: (host: string) => Promise<readonly string[]>
}
