import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from '#desk'
import { openApplication, workTheDay } from '#flows'
import { addDays } from '#kernel'
import { openCity, stepCity } from '#world'
import { copyOfCity, halfPastTen, today } from './support/city.ts'
import { type Fingerprint, fingerprint } from './support/fingerprint.ts'

const root = path.join(import.meta.dirname, '..')
const night = addDays(today, 1)
const kills = 20
let base: ReturnType<typeof copyOfCity>
let undisturbed: Fingerprint
let usualMs = 0

beforeAll(async () => {
  base = copyOfCity()
  const application = await openApplication({ dataFolder: base.folder, clock: halfPastTen })
  await workTheDay(application, today)
  await application.close()
  const city = await openCity(path.join(base.folder, 'city'))
  ;(await stepCity(city, [])).close()
  const copy = copyOfCity(base.folder)
  const began = performance.now()
  if ((await exitOf(startNight(copy.folder))) !== 0) throw new Error('the undisturbed night failed')
  usualMs = performance.now() - began
  undisturbed = await fingerprint(copy.folder)
  copy.remove()
})
afterAll(() => base.remove())

test(`a night killed at any of ${kills} moments and run again leaves the same tables and files`, async () => {
  const points: string[] = []
  for (let i = 0; i < kills; i++) {
    const copy = copyOfCity(base.folder)
    const run = startNight(copy.folder)
    const moment = moments[i % moments.length]
    await Promise.race([moment?.until(copy.folder), once(run, 'exit')])
    const wasRunning = run.exitCode === null
    if (wasRunning && run.pid !== undefined) process.kill(-run.pid, 'SIGKILL')
    await exitOf(run)
    points.push(`${moment?.name}: ${wasRunning ? await whereItStood(copy.folder) : 'already over'}`)
    expect(await exitOf(startNight(copy.folder))).toBe(0)
    expect(await fingerprint(copy.folder), points.at(-1)).toEqual(undisturbed)
    copy.remove()
  }
  console.log(`killed at\n  ${points.join('\n  ')}`)
  expect(points.filter(p => !p.endsWith('already over')).length).toBeGreaterThan(kills / 2)
  expect(points.some(p => p.includes('inside a COPY'))).toBe(true)
  expect(points.some(p => p.startsWith('inside a transaction') && !p.endsWith('already over'))).toBe(true)
}, 900_000)

test('a table that differs by one row is noticed', async () => {
  const copy = copyOfCity(base.folder)
  expect(await exitOf(startNight(copy.folder))).toBe(0)
  await query(copy.folder, `delete from task_decision where ctid in (select ctid from task_decision limit 1)`)
  const now = await fingerprint(copy.folder)
  expect(Object.keys(now).filter(k => now[k] !== undisturbed[k])).toEqual(['table task_decision'])
  copy.remove()
})

interface Moment {
  readonly name: string
  until(folder: string): Promise<unknown>
}

const moments: readonly Moment[] = [
  { name: 'random moment', until: () => sleep(Math.random() * usualMs) },
  { name: 'random moment', until: () => sleep((0.3 + 0.7 * Math.random()) * usualMs) },
  { name: 'half-written file', until: folder => poll(() => halfWritten(folder)) },
  { name: 'inside a transaction', until: folder => poll(() => hasOpenTransaction(folder)) },
  {
    name: 'inside a transaction',
    until: folder => sleep(0.7 * usualMs).then(() => poll(() => hasOpenTransaction(folder))),
  },
]

async function poll(isThere: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isThere())) await sleep(1)
}

function halfWritten(folder: string): boolean {
  const shelf = path.join(folder, 'warehouse')
  return (
    existsSync(shelf) &&
    readdirSync(shelf, { recursive: true, encoding: 'utf8' }).some(n => n.endsWith('.part'))
  )
}

/** Asks the embedded server itself, beside the night's own connections. */
async function hasOpenTransaction(folder: string): Promise<boolean> {
  const rows = await query(
    folder,
    `select 1 from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()`,
  ).catch(() => [])
  return rows.length > 0
}

async function query(folder: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const host = path.join(folder, 'pg18')
  if (!existsSync(path.join(host, '.s.PGSQL.5432'))) return viaDesk(folder, sql)
  const client = new pg.Client({ host, port: 5432, user: 'weiwan', database: 'desk' })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function viaDesk(folder: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const desk = await openDesk({ dataFolder: folder })
  try {
    return (await desk.pool.query(sql)).rows
  } finally {
    await desk.close()
  }
}

/** Where the killed night stood: its running step, and what lay half-done. */
async function whereItStood(folder: string): Promise<string> {
  const half = halfWritten(folder) ? ', inside a COPY' : ''
  const rows = await viaDesk(folder, `select id from night_step where day = '${night}' and state = 'running'`)
  return `${rows.map(r => String(r['id'])).join() || 'between steps'}${half}`
}

function startNight(folder: string): ChildProcess {
  const words = ['night', '--day', night, '--data', folder, '--json']
  return spawn(path.join(root, 'weiwan'), words, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore'],
  })
}

async function exitOf(run: ChildProcess): Promise<number | null> {
  if (run.exitCode === null && run.signalCode === null) await once(run, 'exit')
  return run.exitCode
}
