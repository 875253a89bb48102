import { artifactPath } from '@inferq/domain'

/**
 * The paths that a name of a file may stand for, the likeliest first: a path, or the address of the file, which here
 * may or may not begin with `files/`.
 */
export function referencedPaths(name: string): string[] {
  const ofAddress = /^https?:\/\/[^/?#]*\/([^?#]*)/i.exec(name)?.[1]
  if (ofAddress === undefined) return [artifactPath(name)]
  const path = artifactPath(decodedOrSame(ofAddress))
  return path.startsWith('files/') ? [path.slice('files/'.length), path] : [path]
}

function decodedOrSame(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
