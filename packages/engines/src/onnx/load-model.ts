import { AutoConfig, AutoModel, AutoTokenizer, env, LogLevel, type PreTrainedModel } from '@huggingface/transformers'
import { devicesToTry } from './devices.ts'
import type { LoadedModel, TextThreadOptions } from './messages.ts'
import type { Network } from './run-model.ts'
import { readSentenceConfig } from './sentence-config.ts'

/** The library's settings are global to the thread, which is one reason why every model has a thread of its own. */
export function configureLibrary({ location, allowRemote, cacheDir, hubUrl, hubToken }: TextThreadOptions): void {
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

export async function loadModel(options: TextThreadOptions) {
  const path = options.location.kind === 'folder' ? options.location.folder : options.location.id
  // First, since it says plainly when there is no such model; a missing tokenizer is an obscure TypeError.
  await AutoConfig.from_pretrained(path)
  const tokenizer = await AutoTokenizer.from_pretrained(path)
  const sentence = await readSentenceConfig(options)
  const { model, device, failedDevices } = await openOnFirstDevice(path, options)
  const maxTokens = Math.min(
    tokenizer.model_max_length ?? Number.POSITIVE_INFINITY,
    sentence.maxTokens ?? Number.POSITIVE_INFINITY,
    positionsOf(model) ?? 512,
  )
  const network: Network = { model, pooling: sentence.pooling ?? 'mean', padId: tokenizer.pad_token_id ?? 0 }
  return { tokenizer, network, device, failedDevices, maxTokens }
}

async function openOnFirstDevice(path: string, { device = 'auto', dtype, intraOpThreads }: TextThreadOptions) {
  const failedDevices: { device: string; reason: string }[] = []
  const candidates = devicesToTry(device)
  for (const candidate of candidates) {
    try {
      const model = await AutoModel.from_pretrained(path, {
        device: candidate as 'cpu',
        ...(dtype === undefined ? {} : { dtype }),
        session_options: intraOpThreads === undefined ? {} : { intraOpNumThreads: intraOpThreads },
      })
      return { model, device: candidate, failedDevices } satisfies { model: PreTrainedModel } & Partial<LoadedModel>
    } catch (error) {
      // A file that is missing is missing on every device, and the last device's refusal is the answer.
      const { name, message } = error as Error
      if (name === 'ModelFileNotFoundError' || candidate === candidates.at(-1)) throw error
      failedDevices.push({ device: candidate, reason: message })
    }
  }
  throw new Error('no device to try')
}

function positionsOf(model: PreTrainedModel): number | undefined {
  const positions: unknown = (model.config as { max_position_embeddings?: unknown }).max_position_embeddings
  return typeof positions === 'number' && positions > 0 ? positions : undefined
}
