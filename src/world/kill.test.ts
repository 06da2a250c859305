import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uniform } from '#kernel'
import { fileDigest } from '#warehouse'
import { makeCity, openCity } from './index.ts'

const root = await mkdtemp(path.join(tmpdir(), 'weiwan-kill-'))
const limits = { memoryMiBMax: 512, threads: 1 }
const before = path.join(root, 'before')
const after = path.join(root, 'after')
const [yesterday, today] = ['2026-07-04', '2026-07-05']
let tookMs = 0
afterAll(() => rm(root, { recursive: true, force: true }))

/** Steps the city in a process of its own, and says when it begins. */
const stepper = path.join(root, 'stepper.mjs')
const program = `
import { openCity, stepCity } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
const city = await openCity(process.argv[2], ${JSON.stringify(limits)})
process.send('stepping')
const contacts = [...Array(60).keys()].map(i => ({ subscriberId: 'S' + String(i).padStart(9, '0'), channel: 'call', offerId: 'none', at: city.today }))
await stepCity(city, contacts)
process.disconnect()
`

beforeAll(async () => {
  await writeFile(stepper, program)
  const made = await makeCity({ out: before, subscribers: 400, days: 3, seed: 3, limits })
  made.close()
  await cp(before, after, { recursive: true })
  tookMs = await step(after, () => false)
})

/** Lives one day and kills the process at the first millisecond in which `isTime`; says how long it lived. */
async function step(out: string, isTime: (sinceMs: number) => boolean): Promise<number> {
  const child = spawn(process.execPath, [stepper, out], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let began: number | undefined
  child.on('message', () => {
    began = performance.now()
  })
  const watch = setInterval(() => {
    if (began !== undefined && isTime(performance.now() - began)) child.kill('SIGKILL')
  }, 1)
  await new Promise(done => child.on('exit', done))
  clearInterval(watch)
  return performance.now() - (began ?? 0)
}

async function digests(out: string): Promise<Record<string, string>> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true })
  const files = entries.filter(e => e.isFile()).map(e => path.join(e.parentPath, e.name))
  return Object.fromEntries(
    await Promise.all(files.map(async f => [path.relative(out, f), await fileDigest(f)])),
  )
}

/** Opens what the kill left, and holds every file of it to the undisturbed city of the same day. */
async function reopened(out: string): Promise<string> {
  const city = await openCity(out, limits)
  city.close()
  expect(await digests(out)).toEqual(await digests(city.today === today ? after : before))
  return city.today
}

const isAt = (out: string, day: string): boolean =>
  readFileSync(path.join(out, 'state', 'city.json'), 'utf8').includes(`"today": "${day}"`)

/** Moments of a step, in order, and the days the city may stand at after a kill there. */
const moments: readonly (readonly [string, (out: string) => boolean, readonly string[]])[] = [
  ['the first file is staged', out => existsSync(path.join(out, `state/staged-${today}/feeds`)), [yesterday]],
  ['the state is being written', out => existsSync(path.join(out, 'state', today)), [yesterday, today]],
  [
    'the state is nearly written',
    out => existsSync(path.join(out, 'state', today, 'late.parquet')),
    [yesterday, today],
  ],
  [
    'a file of the day is delivered',
    out => existsSync(path.join(out, `feeds/balance/${yesterday}_${today}.parquet`)),
    [today],
  ],
  ['the switch is made', out => isAt(out, today), [today]],
]

test.for(moments)(
  'killed when %s, the city is at one day or the next, whole',
  { timeout: 120_000 },
  async ([name, isNow, days]) => {
    const out = path.join(root, name.replaceAll(' ', '-'))
    await cp(before, out, { recursive: true })
    await step(out, () => isNow(out))
    expect(days).toContain(await reopened(out))
  },
)

test('killed at any other moment of a step, it goes on as if nothing was', { timeout: 240_000 }, async () => {
  const out = path.join(root, 'any')
  await cp(before, out, { recursive: true })
  for (let i = 0; i < 5; i++) {
    await step(out, since => since > ((i + uniform('kill', String(i))) * tookMs) / 6)
    if ((await reopened(out)) === today) return
  }
  await step(out, () => false)
  expect(await reopened(out)).toBe(today)
})
