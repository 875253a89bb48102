import type { MediaBounds } from '@inferq/contracts'

/** Of a body; room for the longest text in base64. */
export const maxBodyBytes = 64 * 1024 * 1024
/** Of a medium that comes in base64. */
export const maxBase64Bytes = 36 * 1024 * 1024

/** Seconds. The vendor's own samples go below what its documents say. */
export const fixedClipSeconds = { min: 1, max: 10 } as const
export const dynamicClipSeconds = { min: 1, max: 5 } as const

const minMediaSeconds = 4
const frames = {
  min_frame: { width: 360, height: 360 },
  max_frame: { width: 5_184, height: 2_160 },
  max_aspect_ratio: 2.4,
}

/** What media must be like, by how they are asked for. */
export const mediaBounds = {
  task: {
    audio: { min_seconds: minMediaSeconds, max_seconds: 4 * 60 * 60 },
    video: { min_seconds: minMediaSeconds, max_seconds: 4 * 60 * 60, ...frames },
  },
  /** A request waits for the answer. */
  sync: {
    audio: { min_seconds: minMediaSeconds, max_seconds: 10 * 60 },
    video: { min_seconds: minMediaSeconds, max_seconds: 10 * 60, ...frames },
  },
} as const satisfies Record<string, Record<'audio' | 'video', MediaBounds>>

/** Of a page of a list. */
export const maxPageLength = 50
export const usualPageLength = 10
/** How far back a list goes when nothing is said of it. */
export const usualListMs = 7 * 24 * 60 * 60 * 1_000
