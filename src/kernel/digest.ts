import { createHash } from 'node:crypto'

/** SHA-256 of the parts, in hex. Parts are length-prefixed, so ('ab','c') and ('a','bc') differ. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}

/**
 * A uniform number in [0, 1) that depends on nothing but the parts: for control groups and sampling, never a die.
 * The first 52 bits of SHA-256.
 */
export function uniform(...parts: readonly string[]): number {
  return Number.parseInt(digest(...parts).slice(0, 13), 16) / 2 ** 52
}
