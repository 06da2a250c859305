import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { digest, FaultError } from '#kernel'
import { migrationChanged } from './faults.ts'
import type { Desk } from './open.ts'

/** One step of a module's schema: `<module>/0001-what.sql`, never edited once released. */
export interface Migration {
  readonly id: string
  readonly text: string
}

/** A module's migrations: the .sql files of its `migrations/` folder, in order. */
export function migrationsIn(moduleFolder: string): Migration[] {
  const folder = path.join(moduleFolder, 'migrations')
  return readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => ({
      id: `${path.basename(moduleFolder)}/${name.replace('.sql', '')}`,
      text: readFileSync(path.join(folder, name), 'utf8'),
    }))
}

/** Applies what is missing, each in its own transaction, one process at a time; says which were applied. */
export async function migrate(desk: Desk, migrations: readonly Migration[]): Promise<readonly string[]> {
  return desk.db.connection().execute(async db => {
    await sql`select pg_advisory_lock(2)`.execute(db)
    try {
      await sql`create table if not exists desk_migration
        (id text primary key, digest text not null, applied_at timestamptz not null default now())`.execute(
        db,
      )
      const { rows } = await sql<{
        id: string
        digest: string
      }>`select id, digest from desk_migration`.execute(db)
      const applied = new Map(rows.map(r => [r.id, r.digest]))
      const fresh: string[] = []
      for (const migration of migrations) {
        const known = applied.get(migration.id)
        if (known === digest(migration.text)) continue
        if (known !== undefined) throw new FaultError(migrationChanged(migration.id))
        await db.transaction().execute(async trx => {
          await sql.raw(migration.text).execute(trx)
          await sql`insert into desk_migration (id, digest) values (${migration.id}, ${digest(migration.text)})`.execute(
            trx,
          )
        })
        fresh.push(migration.id)
      }
      return fresh
    } finally {
      await sql`select pg_advisory_unlock(2)`.execute(db)
    }
  })
}
