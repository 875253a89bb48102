import { createHash } from 'node:crypto'
import { DomainError } from './errors.ts'

const maxPathBytes = 2_000
/** A file system takes names of 255 bytes. */
const maxNameLength = 200
const readablePart = 100
/** S3 takes keys of 1,024 bytes, with a prefix. */
const maxKeyLength = 900

/**
 * The key of an uploaded file: its path below a folder of its company, each name of it written with letters, digits,
 * `-`, `_`, `.` and `%XX` alone, and not beginning with a dot. What is too long ends in a hash. Two paths never have the
 * same key. Throws FILE_PATH_INVALID for what is no place within the company's own files.
 */
export function artifactKey(company: string, path: string): string {
  const problem = problemOf(path)
  if (problem) throw new DomainError('FILE_PATH_INVALID', `${shown(path)} is not a path of a file: ${problem}`)
  const folder = `artifacts/${company}`
  const key = `${folder}/${path.split('/').map(keyName).join('/')}`
  return key.length > maxKeyLength ? `${folder}/${hashOf(path)}` : key
}

/**
 * The path that is meant: without slashes before it, empty parts and ".", which clients make of names like "./train". What
 * is no place within the company's own files stays none.
 */
export function artifactPath(given: string): string {
  const names = given.split('/')
  const last = names.pop() as string
  return [...names.filter((name) => name !== '' && name !== '.'), last].join('/')
}

/** Whether this may be the key of an uploaded file of the company: it is one that `artifactKey` could have made. */
export function isArtifactKey(company: string, key: string): boolean {
  const folder = `artifacts/${company}/`
  const names = key.slice(folder.length).split('/')
  return key.startsWith(folder) && key.length <= maxKeyLength && names.every((name) => keyNamePattern.test(name))
}

/** What is wrong with it; null: nothing. */
function problemOf(path: string): string | null {
  if (path === '') return 'it is empty'
  if (path.startsWith('/')) return 'it begins with a slash'
  if (path.endsWith('/')) return 'it ends in a slash'
  if (path.includes('\0') || !path.isWellFormed()) return 'it holds what is no text'
  if (Buffer.byteLength(path) > maxPathBytes) return `it is longer than ${maxPathBytes} bytes`
  const names = path.split('/')
  if (names.includes('')) return 'it has an empty part, "//"'
  if (names.includes('.') || names.includes('..')) return 'none of its parts may be "." or ".."'
  return null
}

const keyNamePattern = /^(?!\.)[A-Za-z0-9._%-]{1,200}$/

function keyName(name: string): string {
  const encoded = name.replace(/[^A-Za-z0-9._-]|^\./gu, percentEncoded)
  // No encoding of a name has "%-" in it.
  return encoded.length <= maxNameLength ? encoded : `${encoded.slice(0, readablePart)}${hashOf(name)}`
}

const percentEncoded = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

const hashOf = (text: string): string => `%-${createHash('sha256').update(text).digest('hex')}`

const shown = (path: string) => JSON.stringify(path.length > 100 ? `${path.slice(0, 100)}…` : path)

/**
 * The path of an uploaded file in an address that a task, a model or an event names; null: it is none of ours. Uploads
 * of a task lie in a folder that ends in the task's id, whatever the host is called from where they were uploaded.
 */
export function artifactPathOf(url: string): string | null {
  const path = /^https?:\/\/[^/?#]+\/(?:files\/)?([^?#]+)/i.exec(url)?.[1]
  if (path === undefined) return null
  const decoded = artifactPath(decodedOrSame(path))
  return ofTask.test(decoded) && problemOf(decoded) === null ? decoded : null
}

const ofTask = /(^|\/)[^/]*\.[0-9a-f]{32}(\/|$)/

function decodedOrSame(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
