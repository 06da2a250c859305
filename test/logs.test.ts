import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword, openApplication } from '#flows'
import { feedRows, feedState } from '#ingest'
import { plainDate, systemClock } from '#kernel'
import { type Row, type Sql, sql } from '#warehouse'
import { copyOfCity, today } from './support/city.ts'
import { clientOf } from './support/client.ts'

const root = path.join(import.meta.dirname, '..')
let city: ReturnType<typeof copyOfCity>
beforeAll(() => {
  city = copyOfCity()
})
afterAll(() => city.remove())

/** Every number, name and document id that the city's feeds hold. */
async function personalValues(): Promise<readonly string[]> {
  const application = await openApplication({ dataFolder: city.folder, clock: systemClock })
  try {
    const reader = { shelf: application.shelf }
    const engine = await application.warehouse()
    const values = new Set<string>()
    const take = async (relation: Sql | undefined, column: string) => {
      if (relation === undefined) throw new Error(`no ${column}`)
      const rows = await engine.rows<Row>(sql`SELECT * FROM ${relation} AS r`)
      for (const row of rows)
        if (row[column] !== null && row[column] !== undefined) values.add(String(row[column]))
    }
    const lines = await feedState(reader, 'subscriber', today)
    await take(lines, 'number')
    await take(lines, 'forward_to')
    await take(await feedState(reader, 'customer', today), 'name')
    await take(await feedState(reader, 'customer', today), 'document_id')
    const calls = await feedRows(reader, 'usage', { from: plainDate('2026-09-01'), to: today })
    await take(calls, 'counterparty')
    return [...values].filter(value => value.length > 1)
  } finally {
    await application.close()
  }
}

function logsIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return files
    .filter(f => f.isFile() && f.name.endsWith('.log'))
    .map(f => readFileSync(path.join(f.parentPath, f.name), 'utf8'))
}

/** A whole run: the city lives one more day with its night while people look, type, err and are refused. */
async function run(number: string, name: string): Promise<string> {
  const words = ['start', '--data', city.folder, '--port', '0', '--lived', '4', '--json', '--lang', 'en']
  const child = spawn(path.join(root, 'weiwan'), words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: undefined },
  })
  let out = ''
  let notes = ''
  child.stderr.on('data', chunk => {
    notes += String(chunk)
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      out += String(chunk)
      const told = /"url": "([^"]+)"/.exec(out)?.[1]
      if (told !== undefined && out.includes('\n}')) resolve(told)
    })
    child.once('exit', code => reject(new Error(`ended with ${code}: ${notes}`)))
  })
  const manager = await clientOf(url, { login: 'manager1', password: demoPassword })
  const refused = (asking: Promise<unknown>) => expect(asking).rejects.toThrow(/./)
  await manager.ask('listTasks', { query: { q: number } })
  const found = await manager.ask('findSubscribers', { query: { q: number } })
  for (const { id } of found.rows.slice(0, 3)) await manager.ask('showSubscriber', { parts: { id } })
  await refused(manager.ask('showSubscriber', { parts: { id: number } }))
  await refused(manager.ask('showTask', { parts: { id: name } }))
  await refused(manager.ask('listTasks', { query: { level: number as never } }))
  await refused(manager.ask('claimTask', { parts: { id: `${number}\u0000'` } }))
  for (const address of [
    `/${number}`,
    `/api/subscribers/${number}/nothing`,
    `/api/tasks?q=${encodeURIComponent(name)}&page=-1`,
  ])
    await fetch(url + address)
  await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: number, password: name, more: { broken: number } }).slice(0, -2),
  })
  await expect.poll(() => /lived up to|lists of/.test(notes), { timeout: 120_000 }).toBe(true)
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
  return out + notes
}

test('no number and no name of the city is in any line that a run writes', async () => {
  const values = await personalValues()
  expect(values.length).toBeGreaterThan(1_000)
  const number = values.find(v => /^1\d{10}$/.test(v)) ?? ''
  const name = values.find(v => /^\p{Script=Han}{2,3}$/u.test(v)) ?? ''
  const written = [await run(number, name), ...logsIn(city.folder)].join('\n')
  expect(written.length).toBeGreaterThan(200)
  expect(values.filter(value => written.includes(value))).toEqual([])
})
