import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { FaultError } from '#kernel'
import { nativeBinFolder } from './cluster/native.ts'
import { openCluster } from './cluster/open.ts'
import { tooOld, unreachable } from './faults.ts'

/** Any module's connection or transaction: typed to its own tables with `withTables`. */
export type DeskDb<Tables = unknown> = Kysely<Tables>
export type DeskTransaction<Tables = unknown> = Transaction<Tables>

/** Shared state: a PostgreSQL, ours inside the data folder or the one of DATABASE_URL. */
export interface Desk {
  readonly db: DeskDb
  readonly pool: pg.Pool
  /** True when PostgreSQL runs inside the data folder. */
  readonly isEmbedded: boolean
  close(): Promise<void>
}

export interface DeskOptions {
  readonly dataFolder: string
  readonly databaseUrl?: string | undefined
  readonly connectionsMax?: number
}

const int8 = 20
const date = 1082
/** BIGINT as number (refused beyond exact integers), DATE as its ISO text; the rest as pg gives it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') => {
    if (oid === int8) return exactNumber
    if (oid === date) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a 64-bit integer beyond exact numbers')
  return value
}

/** Opens the desk; faults desk.* when it cannot. Close it before the process ends. */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const cluster =
    options.databaseUrl === undefined
      ? await openCluster({
          folder: options.dataFolder,
          name: 'pg18',
          binFolder: nativeBinFolder(),
          initWords: ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
        })
      : undefined
  const config: pg.ClientConfig = cluster
    ? await applicationConfig(cluster.config)
    : { connectionString: options.databaseUrl }
  const pool = new pg.Pool({ ...config, types, max: options.connectionsMax ?? 12 })
  pool.on('error', () => {}) // an idle connection broke; the next query reports it
  // One in use breaks: its query reports it, and the event that comes as well must not end the process.
  pool.on('connect', client => client.on('error', () => {}))
  try {
    await checkVersion(pool)
  } catch (error) {
    await pool.end()
    await cluster?.close()
    throw error
  }
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    pool,
    isEmbedded: cluster !== undefined,
    async close() {
      await db.destroy()
      await cluster?.close()
    },
  }
}

/** The application is not the superuser: a role and database of its own, made once. */
async function applicationConfig(superuser: pg.ClientConfig): Promise<pg.ClientConfig> {
  const client = new pg.Client(superuser)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(1)')
    const { rowCount } = await client.query("select 1 from pg_database where datname = 'desk'")
    if (rowCount === 0) {
      await client.query(
        "do $$ begin if not exists (select from pg_roles where rolname = 'desk') then create role desk login; end if; end $$",
      )
      await client.query('create database desk owner desk')
    }
  } finally {
    await client.end()
  }
  return { ...superuser, user: 'desk', database: 'desk' }
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const version = await pool.query('show server_version').then(
    r => String(r.rows[0].server_version),
    (error: Error) => {
      throw new FaultError(unreachable(error.message))
    },
  )
  if (Number.parseInt(version, 10) < 15) throw new FaultError(tooOld(version))
}
