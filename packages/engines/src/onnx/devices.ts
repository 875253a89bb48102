import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { OnnxSettings } from './settings.ts'

/** The devices to try, in order. */
export function devicesToTry(device: NonNullable<OnnxSettings['device']>): readonly string[] {
  if (device !== 'auto') return [device]
  return hasCudaLibraries() ? ['cuda', 'cpu'] : ['cpu']
}

/**
 * The runtime's GPU libraries are a separate download. Without them a session on CUDA fails as it should, but only
 * after the runtime has written lines of errors to stderr.
 */
function hasCudaLibraries(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false
  const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  const files = readdirSync(join(runtime, 'bin'), { recursive: true, encoding: 'utf8' })
  return files.some((file) => file.endsWith('libonnxruntime_providers_cuda.so'))
}
