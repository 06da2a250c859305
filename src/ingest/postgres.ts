import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type DaySpan, FaultError } from '#kernel'
import { connectionUnset, diskFull, queryFailed, type Where } from './faults.ts'
import type { PostgresSource } from './mapping.ts'

/**
 * Streams a query's rows into a CSV file by COPY, in an order that depends on the rows alone, so that the same rows give
 * the same bytes. The session is read-only and in UTC.
 */
export async function streamQuery(
  source: PostgresSource,
  span: DaySpan,
  environment: Readonly<Record<string, string | undefined>>,
  file: string,
  at: Where,
): Promise<void> {
  const connectionString = environment[source.connection]
  if (connectionString === undefined || connectionString === '') {
    throw new FaultError(connectionUnset(at, source.connection))
  }
  const query = source.query
    .replaceAll('{from}', `DATE '${span.from}'`)
    .replaceAll('{to}', `DATE '${span.to}'`)
  const copy = `COPY (SELECT * FROM (${query}\n) AS q ORDER BY CAST(q AS text) COLLATE "C")
    TO STDOUT (FORMAT csv, HEADER true, NULL '\\N', FORCE_QUOTE *)`
  const client = new pg.Client({ connectionString, application_name: 'weiwan ingest' })
  client.on('error', () => {}) // the copy itself reports a broken connection
  try {
    await client.connect()
    await client.query(
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET default_transaction_read_only = on",
    )
    await pipeline(client.query(copyTo(copy)), createWriteStream(file))
  } catch (error) {
    await rm(file, { force: true })
    throw faultOf(error, at)
  } finally {
    await client.end().catch(() => {})
  }
}

function faultOf(error: unknown, at: Where): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EFBIG') return new FaultError(diskFull(at))
  const isTheirs = error instanceof pg.DatabaseError || /^E[A-Z]+$/.test(code)
  return isTheirs ? new FaultError(queryFailed(at, code)) : error
}
