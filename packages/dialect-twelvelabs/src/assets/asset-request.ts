import { MediaSource } from '@inferq/contracts'
import { z } from 'zod'
import { must, oneOf, optional } from '../request/fields.ts'
import { UploadedFile } from './upload.ts'

const maxNameLength = 255

const filename = optional(
  z
    .string(must('a text'))
    .min(1, 'must not be empty')
    .max(maxNameLength, `must have at most ${maxNameLength} characters`),
)

const address = 'an http or https address'
const url = z.string(must(address)).refine((text) => MediaSource.safeParse({ url: text }).success, `must be ${address}`)

/** What an asset is made of, by JSON or as a form. Other fields are taken and not looked at. */
export const AssetRequest = z
  .looseObject({ method: oneOf(['direct', 'url']) }, must('a form, or a JSON object, with a method'))
  .pipe(
    z.discriminatedUnion('method', [
      z.object({
        method: z.literal('direct'),
        file: z.instanceof(UploadedFile, must('a file, as a part of multipart/form-data')),
        filename,
      }),
      z.object({
        method: z.literal('url'),
        url,
        file: z.undefined({ error: 'must not be there when method is url' }).optional(),
        filename,
      }),
    ]),
  )
