import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { plainDate, uniform } from '#kernel'
import { fileDigest, openWarehouse, type Warehouse } from '#warehouse'
import { drawnFactors, writeDefinitions } from './drawn.fixture.ts'
import { LivingWorld, type WorldPlan } from './living-world.fixture.ts'
import { doneFile, type NightsJob, nightsChild, nightsDone, workNights } from './nights-child.fixture.ts'

let folder: string
let warehouse: Warehouse

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weiwan-killed-'))
  warehouse = await openWarehouse({ memoryMiBMax: 512, threads: 1, spillFolder: path.join(folder, 'spill') })
})
afterEach(async () => {
  warehouse.close()
  await rm(folder, { recursive: true, force: true })
})

const plan: WorldPlan = {
  seed: 9,
  first: plainDate('2024-02-20'),
  subscribers: 20,
  mishaps: [
    { feed: 'usage', nth: 7, is: 'late', mornings: 2 },
    { feed: 'recharge', nth: 8, is: 'empty' },
  ],
  corrections: [
    { feed: 'usage', nth: 8, back: 6, days: 1 },
    { feed: 'balance', nth: 9, back: 3, days: 2 },
    { feed: 'subscriber', nth: 9, back: 2, days: 1 },
  ],
  begins: {},
  joins: { 9: 1 },
}
/** Nights before the first kill: enough that old mornings are being forgotten when it comes. */
const quiet = 8
const nights = 10
const kills = 30
const chains = 2

test(`nights killed at ${kills} random moments and gone on with leave the same files as undisturbed ones`, async ({
  annotate,
}) => {
  const job = await prepared()
  const whole = await digests(job.root)
  const undisturbed = await copyOf(job.root, 'undisturbed')
  const usual = await nightsUntil({ ...job, root: undisturbed }, 600_000)
  expect(usual.killed).toBe(false)
  const expected = await digests(undisturbed)
  expect(Object.keys(expected).length).toBeGreaterThan(Object.keys(whole).length)
  const points: string[] = []
  await Promise.all(
    Array.from({ length: chains }, (_, i) => chain(job, `chain-${i}`, usual.ms, points, expected)),
  )
  await annotate(`killed ${points.length} times: ${points.join('; ')}`)
  expect(points.length).toBeGreaterThanOrEqual(kills)
  expect(points.some(p => p.includes('half a file'))).toBe(true)
}, 900_000)

/** Kills and goes on until the nights are over, compares every file, and begins again, until there were kills enough. */
async function chain(
  job: NightsJob,
  name: string,
  usualMs: number,
  points: string[],
  expected: Readonly<Record<string, string>>,
): Promise<void> {
  for (let nth = 0; points.length < kills; nth++) {
    const root = await copyOf(job.root, `${name}-${nth}`)
    const before = points.length
    // What is left grows shorter with every kill.
    const moment = () => 0.5 * usualMs * uniform(name, String(points.length), String(nth))
    while ((await nightsUntil({ ...job, root }, moment())).killed) points.push(await whereItStood(root))
    expect(await digests(root), points.slice(before).join('; ')).toEqual(expected)
    await rm(root, { recursive: true })
  }
}

/** A shelf after the quiet nights, and what comes before each night. */
async function prepared(): Promise<NightsJob> {
  const world = new LivingWorld(warehouse, { root: path.join(folder, 'world') }, plan)
  await world.history()
  const deliveries: (readonly string[])[] = []
  const seen = new Set<string>()
  for (let nth = 0; nth < nights; nth++) {
    await world.liveTo(nth)
    const files = (await names(world.shelf.root)).filter(n => !seen.has(n))
    for (const n of files) seen.add(n)
    // The .json is what makes a delivery visible: all files first.
    deliveries.push(files.toSorted((a, b) => Number(a.endsWith('.json')) - Number(b.endsWith('.json'))))
  }
  const catalogue = path.join(folder, 'catalogue')
  await writeDefinitions(await drawnFactors('killed'), catalogue)
  const job: NightsJob = {
    root: path.join(folder, 'base'),
    catalogue,
    first: plan.first,
    from: world.shelf.root,
    deliveries,
  }
  await workNights({ ...job, deliveries: deliveries.slice(0, quiet) })
  return job
}

/** A copy by links: files are never written in place. */
async function copyOf(root: string, name: string): Promise<string> {
  const to = path.join(folder, name)
  for (const file of await names(root)) {
    await mkdir(path.dirname(path.join(to, file)), { recursive: true })
    await link(path.join(root, file), path.join(to, file))
  }
  return to
}

/** Runs the nights in a process of its own; kills it and everything it started so long after it began. */
async function nightsUntil(
  job: NightsJob,
  afterMs: number,
): Promise<{ readonly killed: boolean; readonly ms: number }> {
  const child = spawn(process.execPath, [nightsChild, JSON.stringify(job)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  const began = performance.now()
  const enough = new AbortController()
  await Promise.race([sleep(afterMs, undefined, { signal: enough.signal }).catch(() => undefined), closed])
  enough.abort()
  const running = child.exitCode === null
  if (running && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  await closed
  if (!running && child.exitCode !== 0) throw new Error(`the nights failed with ${child.exitCode}`)
  return { killed: child.signalCode === 'SIGKILL', ms: performance.now() - began }
}

/** Which night, how much of it was there, and whether a file was half written. */
async function whereItStood(root: string): Promise<string> {
  const all = await names(root, /./)
  const nth = await nightsDone(root)
  const made = all.filter(n => /^(partial|carried|factor)/.test(n) && n.endsWith('.json')).length
  return `night ${nth + 1}, ${made} pieces${all.some(n => n.endsWith('.part')) ? ', half a file' : ''}`
}

async function names(root: string, which = /(parquet|json|nights-done)$/): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  return found
    .filter(e => e.isFile())
    .map(e => path.relative(root, path.join(e.parentPath, e.name)))
    .filter(n => which.test(n) && !n.startsWith('spill'))
    .toSorted()
}

/** Every file that nights make, by content. */
async function digests(root: string): Promise<Readonly<Record<string, string>>> {
  const kept = (await names(root)).filter(n => n !== doneFile && !/^(feed|key)\//.test(n))
  const all = kept.map(async n => [n, await fileDigest(path.join(root, n))] as const)
  return Object.fromEntries(await Promise.all(all))
}
