import type { Asset } from '@inferq/domain'

/** Nothing is done to a file when it comes in: whoever uses it says what is wrong with it. */
export const wireAsset = ({ id, at, filename, contentType, sizeBytes, createdAt }: Asset) => ({
  _id: id,
  method: 'url' in at ? 'url' : 'direct',
  status: 'ready',
  ...(filename === null ? {} : { filename }),
  ...(contentType === null ? {} : { file_type: contentType }),
  ...(sizeBytes === null ? {} : { size: sizeBytes }),
  created_at: createdAt.toISOString(),
})
