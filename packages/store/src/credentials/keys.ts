import { createHash, randomBytes, randomInt } from 'node:crypto'

const accessKeyLength = 20
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const makeAccessKey = (): string =>
  Array.from({ length: accessKeyLength }, () => letters[randomInt(letters.length)]).join('')

/** 43 characters that need no escaping in a header or a URL: 256 random bits. */
export const makeSecretKey = (): string => randomBytes(32).toString('base64url')

/**
 * What is stored of a secret key. A slow, salted hash is for passwords, which can be guessed; nobody guesses 256 random
 * bits, and this one can be looked up with every request.
 */
export const hashOfSecret = (secretKey: string): string => createHash('sha256').update(secretKey).digest('hex')
