import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { openDesk } from '#desk'

/** What a night must leave the same whatever happened on the way: every table, every committed file. */
export type Fingerprint = Readonly<Record<string, string>>

/** Sign-ins, what was looked at and the schema's own record are no part of a night. */
const apart = ['desk_migration', 'governance_session', 'governance_audit', 'governance_attempt']

/** Hash of each desk table (without moments: columns named at or *_at) and of each file on the shelf. */
export async function fingerprint(dataFolder: string): Promise<Fingerprint> {
  return { ...(await tables(dataFolder)), ...files(path.join(dataFolder, 'warehouse')) }
}

async function tables(dataFolder: string): Promise<Record<string, string>> {
  const desk = await openDesk({ dataFolder })
  try {
    const { rows } = await desk.pool.query<{ name: string; columns: string[] }>(
      `select table_name as name, array_agg(column_name::text order by ordinal_position) filter (where column_name !~ '(^|_)at$') as columns
       from information_schema.columns where table_schema = 'public' group by table_name order by table_name`,
    )
    const found: Record<string, string> = {}
    for (const { name, columns } of rows.filter(r => !apart.includes(r.name))) {
      const list = columns.map(c => pg.escapeIdentifier(c)).join(', ')
      const hashed = await desk.pool.query(
        `select md5(coalesce(string_agg(r, E'\\n' order by r), '')) as hash, count(*) as n
         from (select row(${list})::text as r from ${pg.escapeIdentifier(name)}) as rows`,
      )
      found[`table ${name}`] = `${hashed.rows[0].hash} ${hashed.rows[0].n}`
    }
    return found
  } finally {
    await desk.close()
  }
}

function files(shelf: string): Record<string, string> {
  const names = readdirSync(shelf, { recursive: true, encoding: 'utf8' })
    .filter(n => !/^(spill|work)/.test(n) && /\.(parquet|json|part)$/.test(n))
    .sort()
  return Object.fromEntries(
    names.map(n => [
      `file ${n}`,
      createHash('sha256')
        .update(readFileSync(path.join(shelf, n)))
        .digest('hex'),
    ]),
  )
}
