import { MachineReport } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { createMachineReport } from './machine-report.ts'

describe('the report of a machine', () => {
  it('has its processors and its memory, and its GPUs as the driver tells', async () => {
    const read = createMachineReport(
      async () => 'NVIDIA H200, 37, 1024, 143771\nTesla, K80, [N/A], 2, 4\nOld, [N/A], 2, 4\n',
    )
    const report = await read()
    expect(MachineReport.parse(report)).toEqual(report)
    expect(report.cpus).toBeGreaterThan(0)
    expect(report.memoryUsedBytes).toBeLessThan(report.memoryTotalBytes)
    expect(report.gpus[0]).toEqual({
      name: 'NVIDIA H200',
      utilization: 37,
      memoryUsedBytes: 1024 ** 3,
      memoryTotalBytes: 143771 * 1024 ** 2,
    })
    expect(report.gpus[1]).toMatchObject({ name: 'Tesla, K80', utilization: null, memoryTotalBytes: 4 * 1024 ** 2 })
  })

  it('asks the driver once in a while only, and never again where there is none', async () => {
    let asked = 0
    const count = (answer: () => string) => async () => {
      asked++
      return answer()
    }
    const withGpu = createMachineReport(count(() => 'A, 1, 2, 3'))
    await withGpu()
    expect((await withGpu()).gpus).toHaveLength(1)
    expect(asked).toBe(1)
    const missing = Object.assign(new Error('no such program'), { code: 'ENOENT' })
    const without = createMachineReport(
      count(() => {
        throw missing
      }),
    )
    expect((await without()).gpus).toEqual([])
    expect((await without()).gpus).toEqual([])
    expect(asked).toBe(2)
  })
})
