/**
 * SQL text put together safely: names are checked, values become literals, pieces nest. The warehouse binds no
 * parameters, because COPY and CREATE TABLE AS take none and because compiled SQL is committed and read by people.
 */
export class Sql {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

export type SqlValue = Sql | string | number | bigint | boolean | null

/** sql`select ${ident('a')} from t where b = ${5}`: an Sql nests as it is, everything else becomes a literal. */
export function sql(strings: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
  let text = strings[0] ?? ''
  values.forEach((value, i) => {
    text += (value instanceof Sql ? value.text : literal(value)) + (strings[i + 1] ?? '')
  })
  return new Sql(text)
}

/** A column, table or alias name. Letters, digits and underscore only; anything else is a bug. */
export function ident(name: string): Sql {
  if (!/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*$/.test(name))
    throw new TypeError(`not a plain SQL name: ${JSON.stringify(name)}`)
  return new Sql(`"${name}"`)
}

/** DATE '2026-11-22' from an ISO day. */
export function dateOf(day: string): Sql {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new TypeError(`not a day: ${JSON.stringify(day)}`)
  return new Sql(`DATE '${day}'`)
}

export function join(pieces: readonly Sql[], separator = ', '): Sql {
  return new Sql(pieces.map(p => p.text).join(separator))
}

/** Parquet files as one relation, usable after FROM. All of them have the columns of the first. */
export function parquet(files: readonly string[]): Sql {
  return new Sql(`read_parquet([${files.map(literal).join(', ')}])`)
}

/** Trusted text written in this repository (a fragment from a kind's file). Never for anything that was read. */
export function raw(text: string): Sql {
  return new Sql(text)
}

function literal(value: Exclude<SqlValue, Sql>): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return numberLiteral(value)
  if (value.includes('\0')) throw new TypeError('text with a zero byte cannot be SQL')
  return `'${value.replaceAll("'", "''")}'`
}

function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`not a finite number: ${value}`)
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new TypeError(`beyond exact integers: ${value}`)
  return Number.isInteger(value) && !Object.is(value, -0) ? String(value) : `${value}::DOUBLE`
}
