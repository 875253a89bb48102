import { AutoModel, env, LogLevel } from '@huggingface/transformers'
import { devicesToTry } from './devices.ts'
import type { ModelThreadOptions, OpenedOn } from './messages.ts'

/** The library's settings are global to the thread, which is one reason why every model has a thread of its own. */
export function configureLibrary({ location, allowRemote, cacheDir, hubUrl, hubToken }: ModelThreadOptions): void {
  env.logLevel = LogLevel.ERROR
  env.backends.onnx.setLogLevel?.(LogLevel.ERROR)
  env.allowRemoteModels = location.kind === 'hub' && allowRemote !== false
  // A download that happens to have the folder's name would be taken in its place.
  env.useFSCache = location.kind === 'hub'
  env.cacheDir = cacheDir
  if (hubUrl !== undefined) env.remoteHost = hubUrl
  if (hubToken !== undefined) env.fetch = fetchWithToken(hubToken)
}

const fetchWithToken = (token: string) => (input: string | URL, init?: RequestInit) => {
  const headers = new Headers(init?.headers)
  headers.set('authorization', `Bearer ${token}`)
  return fetch(input, { ...init, headers })
}

/** `AutoModel`, whatever the model is for: it is the one class that hands out every output. */
export async function openOnFirstDevice(path: string, { device = 'auto', dtype, intraOpThreads }: ModelThreadOptions) {
  const failedDevices: OpenedOn['failedDevices'][number][] = []
  const candidates = devicesToTry(device)
  for (const candidate of candidates) {
    try {
      const model = await AutoModel.from_pretrained(path, {
        device: candidate as 'cpu',
        ...(dtype === undefined ? {} : { dtype }),
        session_options: intraOpThreads === undefined ? {} : { intraOpNumThreads: intraOpThreads },
      })
      return { model, device: candidate, failedDevices }
    } catch (error) {
      // A file that is missing is missing on every device, and the last device's refusal is the answer.
      const { name, message } = error as Error
      if (name === 'ModelFileNotFoundError' || candidate === candidates.at(-1)) throw error
      failedDevices.push({ device: candidate, reason: message })
    }
  }
  throw new Error('no device to try')
}

export const pathOf = ({ location }: ModelThreadOptions): string =>
  location.kind === 'folder' ? location.folder : location.id
