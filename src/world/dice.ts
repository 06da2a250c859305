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
    return `hash(xor(${salt}::BIGINT, (${n})::BIGINT * 67108864 + (${dn})::BIGINT * 1024 + (${k})::BIGINT))`
  }
  const uniform = (...at: Parameters<typeof bits>): string =>
    `((${bits(...at)} >> 11) * 1.1102230246251565e-16)`
  return {
    bits: (...at) => raw(bits(...at)),
    uniform: (...at) => raw(uniform(...at)),
    normal(...at) {
      const h = bits(...at)
      const sum = `((${h} & 65535) + ((${h} >> 16) & 65535) + ((${h} >> 32) & 65535) + (${h} >> 48))`
      return raw(`((${sum} * 1.52587890625e-5 - 2.0) * 1.7320508075688772e0)`)
    },
    below: (count, ...at) => raw(`(${bits(...at)} % (${count})::UBIGINT)::BIGINT`),
    waiting: (...at) => raw(`(-ln(1e0 - ${uniform(...at)}))`),
  }
}
