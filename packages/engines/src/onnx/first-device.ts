import { devicesToTry } from './devices.ts'
import type { OpenedOn } from './messages.ts'
import type { OnnxSettings } from './settings.ts'

/** Opens a model on the first of the devices in question that takes it; rejects with the last one's refusal. */
export async function onFirstDevice<Model>(
  device: OnnxSettings['device'] = 'auto',
  open: (device: string) => Promise<Model>,
): Promise<OpenedOn & { readonly model: Model }> {
  const failedDevices: OpenedOn['failedDevices'][number][] = []
  const candidates = devicesToTry(device)
  for (const candidate of candidates) {
    try {
      return { model: await open(candidate), device: candidate, failedDevices }
    } catch (error) {
      // A file that is missing is missing on every device, and the last device's refusal is the answer.
      const { name, message } = error as Error
      if (name === 'ModelFileNotFoundError' || candidate === candidates.at(-1)) throw error
      failedDevices.push({ device: candidate, reason: message })
    }
  }
  throw new Error('no device to try')
}
