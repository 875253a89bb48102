import { z } from 'zod'

/** Of an image, audio or video that rides in the input itself; what is larger is a file. */
export const maxInlineSourceBytes = 64 * 1024

const maxBase64Length = Math.ceil(maxInlineSourceBytes / 3) * 4

/**
 * The key of a stored file that came with the task (`inputs/...`), or that a producer stored before for many tasks
 * (`artifacts/...`). The api sees to it that it is the task's own, or its company's.
 */
const InputFile = z
  .string()
  .max(1_024)
  .regex(/^(inputs\/[0-9a-f]{32}\/\d{1,6}|artifacts\/.+)$/, 'is not a file of this task')

/** Where something is: an address that the worker fetches, its bytes in base64, or a stored file. `what` it is, for errors. */
export const inputSource = (what: string) =>
  z.union(
    [
      z.strictObject({ url: z.url({ protocol: /^https?$/, error: 'is not an http or https address' }).max(4_096) }),
      z.strictObject({
        base64: z
          .base64('is not base64')
          .min(1, 'is empty')
          .max(maxBase64Length, `at most ${maxInlineSourceBytes} bytes as base64; give larger ones by url`),
      }),
      z.strictObject({ file: InputFile }),
    ],
    { error: `is neither {"url": an http or https address} nor {"base64": the bytes of ${what}}` },
  )
