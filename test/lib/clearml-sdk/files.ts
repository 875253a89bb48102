import { bearer } from './wire.ts'

/** What the SDK's storage does with a file server: it knows no envelope and is not the API's own session. */
export interface SdkFiles {
  /** Puts a file under a path of that server and answers its address, as it is then kept in tasks and models. */
  upload(path: string, content: string | Uint8Array<ArrayBuffer>): Promise<string>
  /** The status, and what came. */
  download(uri: string): Promise<{ status: number; content: Buffer }>
  exists(uri: string): Promise<boolean>
  remove(uri: string): Promise<number>
}

/** Every call carries the token of the session, since the address is one of the configured file server. */
export function sdkFiles(filesServer: string, session: { readonly token: string }): SdkFiles {
  const send = (method: string, uri: string, body?: FormData) =>
    fetch(uri, { method, headers: { authorization: bearer(session.token) }, ...(body ? { body } : {}) })
  return {
    async upload(path, content) {
      const form = new FormData()
      // What is left of the address when the file server's own is cut off: it begins with a slash.
      const name = `/${path}`
      form.set(name, new Blob([content], { type: 'application/octet-stream' }), name)
      const response = await send('POST', filesServer, form)
      const text = await response.text()
      if (response.status !== 200) throw new Error(`upload of ${path} answered ${response.status}: ${text}`)
      return `${filesServer}/${path.split('/').map(quote).join('/')}`
    },
    async download(uri) {
      const response = await send('GET', uri)
      return { status: response.status, content: Buffer.from(await response.arrayBuffer()) }
    },
    exists: async (uri) => (await send('HEAD', uri)).ok,
    async remove(uri) {
      const response = await send('DELETE', uri)
      await response.arrayBuffer()
      return response.status
    },
  }
}

/** Where the SDK puts the outputs of a task. Its names are escaped here once, and in the address then once more. */
export const outputFolder = (project: string, { id, name }: { id: string; name: string }): string =>
  [project, `${name}.${id}`].map((part) => part.replace(/[^\w'[\]{}()$^,.; \-+=/]/gu, encodeURIComponent)).join('/')

/** Python's `quote` escapes a few signs more than `encodeURIComponent`. */
const quote = (part: string) =>
  encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
