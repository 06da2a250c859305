import { digest } from '#kernel'
import { raw, type Sql } from '#warehouse'

/**
 * Chance without dice: every draw is a hash of (seed, tag, who, when, which), so a draw depends on nothing else, in no
 * order, and the same seed gives the same city. Two draws are independent when any of these differ.
 *
 * `n`, `dn` and `k` are SQL expressions written in this module: the line, the day number, and a small counter below 1024.
 */
export interface Dice {
  /** 64 random bits. */
  bits(tag: string, n: string, dn?: string, k?: string): Sql
  /** A number in [0, 1). */
  uniform(tag: string, n: string, dn?: string, k?: string): Sql
  /** About normal, mean 0 and standard deviation 1, within ±3.46. */
  normal(tag: string, n: string, dn?: string, k?: string): Sql
  /** A whole number in [0, count). */
  below(count: number | string, tag: string, n: string, dn?: string, k?: string): Sql
  /** Exponential with mean 1. */
  waiting(tag: string, n: string, dn?: string, k?: string): Sql
}

export function diceOf(seed: number): Dice {
  const bits = (tag: string, n: string, dn = '0', k = '0'): string => {
    const salt = Number.parseInt(digest('world', String(seed), tag).slice(0, 13), 16)
    return `hash(xor(${salt}::BIGINT, ${place(n, dn, k)}))`
  }
  const uniform = (...at: Parameters<typeof bits>): string =>
    `((${bits(...at)} >> 11) * 1.1102230246251565e-16)`
  return {
    bits: (...at) => raw(bits(...at)),
    uniform: (...at) => raw(uniform(...at)),
    normal: (...at) => bell(bits(...at)),
    below: (count, ...at) => raw(`(${bits(...at)} % (${count})::UBIGINT)::BIGINT`),
    waiting: (...at) => raw(`(-ln(1e0 - ${uniform(...at)}))`),
  }
}

/** One of the four 16-bit parts of a hash as a number in [0, 1): one hash serves four small choices. */
export function part(hash: string, i: number): Sql {
  return raw(`(((${hash} >> ${i * 16}) & 65535) * 1.52587890625e-5)`)
}

/** A hash as a number that is about normal. */
export function bell(hash: string): Sql {
  const sum = `(${hash} & 65535) + ((${hash} >> 16) & 65535) + ((${hash} >> 32) & 65535) + (${hash} >> 48)`
  return raw(`(((${sum}) * 1.52587890625e-5 - 2.0) * 1.7320508075688772e0)`)
}

/** Who, when and which as one whole number; what is known here is added up here. */
function place(n: string, dn: string, k: string): string {
  const isKnown = (text: string) => /^\d+$/.test(text)
  const known = (isKnown(dn) ? Number(dn) * 1024 : 0) + (isKnown(k) ? Number(k) : 0)
  const parts = [`(${n})::BIGINT * 67108864`]
  if (!isKnown(dn)) parts.push(`(${dn})::BIGINT * 1024`)
  if (!isKnown(k)) parts.push(`(${k})::BIGINT`)
  if (known !== 0) parts.push(String(known))
  return parts.join(' + ')
}
