import { AutoModel, env, LogLevel, type PreTrainedModel } from '@huggingface/transformers'
import { onFirstDevice } from './first-device.ts'
import type { ModelThreadOptions } from './messages.ts'

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

/** A class of the library: what it opens by default is one of the files of weights that a model has. */
export type ModelClass = Pick<typeof PreTrainedModel, 'from_pretrained'>

/** With `AutoModel`, whatever the model is for, unless it has parts: that class hands out every output. */
export const openOnFirstDevice = (
  path: string,
  { device, dtype, intraOpThreads }: ModelThreadOptions,
  Model: ModelClass = AutoModel,
) =>
  onFirstDevice(device, (candidate) =>
    Model.from_pretrained(path, {
      device: candidate as 'cpu',
      ...(dtype === undefined ? {} : { dtype }),
      session_options: intraOpThreads === undefined ? {} : { intraOpNumThreads: intraOpThreads },
    }),
  )

export const pathOf = ({ location }: ModelThreadOptions): string =>
  location.kind === 'folder' ? location.folder : location.id
