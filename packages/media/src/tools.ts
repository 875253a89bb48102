import { accessSync, chmodSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { z } from 'zod'

/** Paths of the two programs that media are read by. */
export interface MediaTools {
  readonly ffmpeg: string
  readonly ffprobe: string
}

type Environment = Readonly<Record<string, string | undefined>>

const Installer = z.object({ path: z.string() })

/**
 * Each from its setting (`FFMPEG_PATH`, `FFPROBE_PATH`), or else from PATH, or else from its optional package. Null: one of
 * them is nowhere, or a setting names what cannot be run.
 */
export function findMediaTools(env: Environment): MediaTools | null {
  const ffmpeg = findTool('ffmpeg', env.FFMPEG_PATH, env)
  const ffprobe = findTool('ffprobe', env.FFPROBE_PATH, env)
  return ffmpeg === null || ffprobe === null ? null : { ffmpeg, ffprobe }
}

function findTool(name: 'ffmpeg' | 'ffprobe', setting: string | undefined, env: Environment): string | null {
  if (setting) return isExecutable(setting) ? setting : null
  return findOnPath(name, env.PATH ?? '') ?? findInstalled(`@${name}-installer/${name}`)
}

function findOnPath(name: string, path: string): string | null {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

/** Packages that carry the programs mark them as executable when they are installed, if their scripts may run then. */
function findInstalled(packageName: string): string | null {
  try {
    const { path } = Installer.parse(createRequire(import.meta.url)(packageName))
    if (!isExecutable(path)) chmodSync(path, 0o755)
    return path
  } catch {
    // Not installed, none for this platform, or a folder that is not ours to change.
    return null
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
