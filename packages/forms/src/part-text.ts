import type { FormPart } from './form-parts.ts'

/** The whole of a part that is a text. Throws what `refuse` makes where it is longer. */
export async function textOf(
  { content }: Pick<FormPart, 'content'>,
  { maxBytes, refuse }: { maxBytes: number; refuse: () => Error },
): Promise<string> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of content) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw refuse()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Lets a part go by that nobody asked for. */
export async function skip({ content }: Pick<FormPart, 'content'>): Promise<void> {
  for await (const _chunk of content);
}
