import { createHash, randomBytes } from 'node:crypto'

const tokenBytes = 32

/** 256 random bits in 43 characters: nobody guesses one, so its SHA-256 is enough to keep. */
export function randomToken(): string {
  return randomBytes(tokenBytes).toString('base64url')
}

export function secretDigest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
