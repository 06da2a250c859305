import { raw, type Sql, sql } from '#warehouse'

/** Days [from, to) as day numbers; `everything` asks a feed of state for all keys and not only what changed. */
export interface Slice {
  readonly from: number
  readonly to: number
  readonly everything: boolean
}

/** The carrier's clock is UTC+8: its day begins at 16:00 UTC of the day before. */
const zoneSeconds = 8 * 3600

export function dateOfDn(dn: string): Sql {
  return raw(`(DATE '1970-01-01' + (${dn})::INTEGER)`)
}

/** The UTC moment of a second of a carrier's day. */
export function momentOf(dn: string, second: string): Sql {
  return raw(`make_timestamp((((${dn})::BIGINT * 86400) + (${second}) - ${zoneSeconds}) * 1000000)`)
}

export function textId(prefix: string, n: string): Sql {
  return sql`(${prefix} || lpad((${raw(n)})::VARCHAR, 9, '0'))`
}
