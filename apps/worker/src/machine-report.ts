import { execFile } from 'node:child_process'
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os'
import { promisify } from 'node:util'
import type { MachineReport } from '@inferq/contracts'

type Gpus = MachineReport['gpus']

const gpusKeptMs = 10_000
const queryTimeoutMs = 5_000
const bytesPerMebibyte = 1024 ** 2

/** How the machine is now. GPUs are looked at once in a while: asking the driver takes a process each time. */
export function createMachineReport(queryGpus: () => Promise<string> = queryNvidia): () => Promise<MachineReport> {
  let gpus: Gpus = []
  let nextQueryAt = 0

  async function refreshGpus(): Promise<void> {
    if (Date.now() < nextQueryAt) return
    nextQueryAt = Date.now() + gpusKeptMs
    try {
      gpus = parseGpus(await queryGpus())
    } catch (error) {
      gpus = []
      // No driver here, and none will come while we run.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') nextQueryAt = Infinity
    }
  }

  return async () => {
    await refreshGpus()
    return {
      cpus: availableParallelism(),
      load: loadavg()[0] as number,
      memoryUsedBytes: totalmem() - freemem(),
      memoryTotalBytes: totalmem(),
      gpus,
    }
  }
}

async function queryNvidia(): Promise<string> {
  const query = '--query-gpu=name,utilization.gpu,memory.used,memory.total'
  const options = { timeout: queryTimeoutMs }
  const { stdout } = await promisify(execFile)('nvidia-smi', [query, '--format=csv,noheader,nounits'], options)
  return stdout
}

/** One line per GPU: `NVIDIA H200, 37, 1234, 143771`. What a GPU cannot tell reads `[N/A]`. */
function parseGpus(csv: string): Gpus {
  const lines = csv.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const cells = line.split(',').map((cell) => cell.trim())
    // From the end: a name may have a comma.
    const [utilization, used, total] = cells.slice(-3)
    return {
      name: cells.slice(0, -3).join(', '),
      utilization: numberOr(utilization, null),
      memoryUsedBytes: numberOr(used, 0) * bytesPerMebibyte,
      memoryTotalBytes: numberOr(total, 0) * bytesPerMebibyte,
    }
  })
}

function numberOr<Fallback>(text: string | undefined, fallback: Fallback): number | Fallback {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? value : fallback
}
