import pg from 'pg'
import { inject } from 'vitest'
import { type Desk, type Migration, migrate, openDesk } from '#desk'
import './cluster-url.ts'

let made = 0

/** An empty desk of its own on this project's PostgreSQL, with the given migrations applied. Close it after use. */
export async function freshDesk(migrations: readonly Migration[]): Promise<Desk> {
  const server = inject('deskServer')
  const name = `t_${process.pid}_${made++}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const desk = await openDesk({ dataFolder: '', databaseUrl: server.replace(/\/postgres$/, `/${name}`) })
  await migrate(desk, migrations)
  return desk
}
