import type { Box, ImageBounds, ImageModelDescription, Point } from '@inferq/contracts'

/** What came of one `embed`: one vector per text, in the order of the texts. The two times together are its wall time. */
export interface EmbedResult {
  readonly embeddings: readonly Float32Array[]
  /** Waiting for a place in a batch, tokenising, going back and forth. */
  readonly preparingMs: number
  /** The model, or the server behind it, at work on batches that held this call's texts. */
  readonly computingMs: number
}

export type EngineHealth = 'ready' | 'starting' | 'down'

/**
 * What a worker needs from a runtime that turns text into vectors. Vectors have length 1. A failure is a `JobError`
 * (contracts); an abort rejects with the signal's reason, and work that nobody waits for any more is dropped.
 */
export interface TextEngine {
  /** The name under which it was asked for. */
  readonly model: string
  /** The kind of runtime: `onnx`, `http`. */
  readonly engine: string
  /** Where it really computes: `cpu`, `cuda`, or the origin of a server. */
  readonly device: string
  /** Texts and tokens that are worth sending in one `embed`; more than that is allowed, and is cut inside. */
  readonly maxBatchItems: number
  readonly maxBatchTokens: number
  /** Never throws. */
  health(): Promise<EngineHealth>
  /** A rough count, for cutting batches: cheap, no round trip. */
  estimateTokens(text: string): number
  embed(texts: readonly string[], options: { signal: AbortSignal }): Promise<EmbedResult>
  close(): Promise<void>
}

/** An image as it came, and what of it to look at. */
export interface ImageToRead {
  readonly bytes: Uint8Array
  /** The bytes are pixels, row by row, three bytes each: red, green, blue. Absent: they are of an image format. */
  readonly raw?: { readonly width: number; readonly height: number }
  readonly bbox?: Box
  readonly polygon?: readonly Point[]
  /** Outside of these it counts as one that cannot be read. */
  readonly bounds?: ImageBounds
}

/** A thing that was found: where, and with which scores it is what. */
export interface FoundRegion {
  readonly box: Box
  /** Labels that come into question for it, the likeliest first. */
  readonly labels: readonly { readonly id: number; readonly score: number }[]
}

interface ImageTimes {
  /** Waiting for a place in a batch, reading and scaling images, going back and forth. */
  readonly preparingMs: number
  readonly computingMs: number
}

/**
 * What a worker needs from a runtime that recognises things in images. A failure is a `JobError`: INPUT_UNREADABLE, naming
 * the image by its place, for one that cannot be read; an abort rejects with the signal's reason.
 */
export interface ImageEngine {
  readonly model: string
  readonly engine: string
  readonly device: string
  /** How many numbers a vector of it has; null: it gives none. */
  readonly dimensions: number | null
  /** One per job that the model can do in which labels are told apart. */
  readonly descriptions: readonly ImageModelDescription[]
  /** Never throws. */
  health(): Promise<EngineHealth>
  /** Per image one score for each label, from 0 to 1. */
  classify(
    images: readonly ImageToRead[],
    options: { signal: AbortSignal },
  ): Promise<ImageTimes & { readonly scores: readonly Float32Array[] }>
  /** Boxes are of the whole image, also where only a part of it was looked at. ENGINE_REFUSED: a model without boxes. */
  detect(
    images: readonly ImageToRead[],
    options: { signal: AbortSignal },
  ): Promise<ImageTimes & { readonly regions: readonly (readonly FoundRegion[])[] }>
  /** Per image a vector of length 1. ENGINE_REFUSED: a model that gives none. */
  embed(
    images: readonly ImageToRead[],
    options: { signal: AbortSignal },
  ): Promise<ImageTimes & { readonly embeddings: readonly Float32Array[] }>
  close(): Promise<void>
}

/** Sound as models take it: one channel, samples from -1 to 1. */
export type Sound = Float32Array

/** What a worker needs from a runtime that turns sound into vectors. Failures are as those of the other engines. */
export interface AudioEngine {
  readonly model: string
  readonly engine: string
  readonly device: string
  readonly dimensions: number
  /** Samples per second that it takes. */
  readonly sampleRate: number
  /** Of one sound; whoever has more cuts it, and takes the mean of what comes of the pieces. */
  readonly maxSeconds: number
  /** Never throws. */
  health(): Promise<EngineHealth>
  /** One vector of length 1 per sound; a sound that is shorter than the model wants is made longer by silence. */
  embed(sounds: readonly Sound[], options: { signal: AbortSignal }): Promise<EmbedResult>
  close(): Promise<void>
}

/** What a worker needs from a runtime that writes down what is said. */
export interface SpeechEngine {
  readonly model: string
  readonly engine: string
  readonly device: string
  readonly sampleRate: number
  readonly maxSeconds: number
  /** Never throws. */
  health(): Promise<EngineHealth>
  /** One text per sound, in any language; empty where nothing is said. */
  transcribe(
    sounds: readonly Sound[],
    options: { signal: AbortSignal },
  ): Promise<{ readonly texts: readonly string[]; readonly preparingMs: number; readonly computingMs: number }>
  close(): Promise<void>
}

/** The part of a logger that engines use; pino's fits. */
export interface EngineLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

export const silentLog: EngineLog = { info: () => {}, warn: () => {} }
