import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uniform } from '#kernel'
import { fileDigest, raw } from '#warehouse'
import { type Carrier, openCarrier } from '../../test/support/carrier.ts'

const child = fileURLToPath(import.meta.resolve('../../test/support/load-child.ts'))
const mapping = `
carrier: Test
time_zone: Asia/Shanghai
feeds:
  subscriber: { source: parquet, path: 'subscriber/{from}_{to}.parquet', columns: same }
  recharge: { source: csv, path: 'recharge/{from}_{to}.csv', columns: same }
  balance: { source: parquet, path: 'balance/{from}_{to}.parquet', columns: same }
`
let carrier: Carrier
let root: string
const idsQuery = raw(`SELECT DISTINCT 'S' || hash(i) AS s FROM range(5000) t(i) ORDER BY s`)

beforeAll(async () => {
  carrier = await openCarrier()
  root = await mkdtemp(path.join(tmpdir(), 'weiwan-killed-'))
  await carrier.mapping(mapping)
  const days = [1, 2, 3]
  for (const d of days) {
    const day = `2026-03-0${d}`
    const span = `${day}_2026-03-0${d + 1}`
    await carrier.deliverParquet(
      `subscriber/${span}.parquet`,
      `SELECT 'S' || hash(i) AS subscriber_id, DATE '2026-01-01' AS joined_on, 'active' AS status, DATE '2026-01-01' AS status_since,
        'prepaid' AS payment FROM range(${d * 20_000}) t(i)`,
    )
    await carrier.deliverParquet(
      `balance/${span}.parquet`,
      `SELECT 'S' || hash(i) AS subscriber_id, DATE '${day}' AS day, CAST(hash(i, ${d}) % 100000 AS BIGINT) AS balance
        FROM range(${d * 20_000 + 50}) t(i)`,
    )
    const lines = Array.from({ length: 8_000 }, (_, i) => {
      const amount = i % 900 === 0 ? -5 : 100 + i
      return `R${d}-${i},${i},${day}T01:00:00Z,${amount},app`
    })
    const known = await carrier.warehouse.rows<{ s: string }>(idsQuery)
    const text = lines
      .map(l => l.replace(/,(\d+),/, (_, i) => `,${known[Number(i) % known.length]?.s},`))
      .join('\n')
    await carrier.deliver(`recharge/${span}.csv`, `recharge_id,subscriber_id,paid_at,amount,way\n${text}\n`)
  }
})
afterAll(async () => {
  await carrier.close()
  await rm(root, { recursive: true, force: true })
})

/** Starts a load; answers when it says it is ready, and what it printed when it ended. */
async function start(data: string, wrap: readonly string[] = []) {
  const [command, ...rest] = [...wrap, process.execPath, child, carrier.folder, data, '2026-03-04']
  const running = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let complained = ''
  running.stdout.on('data', chunk => {
    said += String(chunk)
  })
  running.stderr.on('data', chunk => {
    complained += String(chunk)
  })
  const ended = once(running, 'close')
  await Promise.race([once(running.stdout, 'data'), ended])
  return { running, end: async () => [(await ended)[0] as number | null, said, complained] as const }
}

/** So many files on the shelf, half-written ones among them, or the end of whoever writes them. */
async function reached(data: string, files: number, running: ChildProcess): Promise<void> {
  const folder = path.join(data, 'warehouse')
  const isFull = async () => {
    const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    return names.filter(e => e.isFile()).length >= files
  }
  while (running.exitCode === null && !(await isFull())) await new Promise(go => setTimeout(go, 1))
}

async function digests(data: string): Promise<Record<string, string>> {
  const folder = path.join(data, 'warehouse')
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter(e =>
    e.isFile(),
  )
  const files = names.map(e => path.relative(folder, path.join(e.parentPath, e.name))).toSorted()
  return Object.fromEntries(
    await Promise.all(files.map(async f => [f, await fileDigest(path.join(folder, f))])),
  )
}

test('killed at any moment and run again, a load leaves the same bytes as an undisturbed one', async () => {
  const calm = path.join(root, 'calm')
  const [code, said] = await (await start(calm)).end()
  expect(code).toBe(0)
  expect(said.split('\n').filter(l => l.endsWith(' loaded'))).toHaveLength(9)
  const expected = await digests(calm)
  const hits: string[] = []
  for (let round = 0; round < 4; round++) {
    const data = path.join(root, `killed-${round}`)
    for (let kill = 0; kill < 3; kill++) {
      const { running, end } = await start(data)
      const luck = (of: string) => uniform('kill', of, String(round), String(kill))
      await reached(data, Math.floor(luck('files') * Object.keys(expected).length), running)
      await new Promise(go => setTimeout(go, luck('moment') * 20))
      running.kill('SIGKILL')
      const [killedCode] = await end()
      hits.push(killedCode === null ? `${Object.keys(await digests(data)).length} files` : 'finished')
    }
    const [last] = await (await start(data)).end()
    expect(last).toBe(0)
    expect(await digests(data)).toEqual(expected)
  }
  process.stdout.write(`killed with so much on the shelf: ${hits.join(', ')}\n`)
  expect(hits.filter(h => h !== 'finished').length).toBeGreaterThan(4)
}, 240_000)

test('when the disk is full nothing is half-loaded, and with room again it loads', async () => {
  const data = path.join(root, 'full')
  const starve = ['bash', '-c', 'trap "" XFSZ; ulimit -f 128; exec "$@"', 'starve']
  const [code, said, complained] = await (await start(data, starve)).end()
  expect([code, complained]).toEqual([0, ''])
  expect(said).toContain('subscriber warehouse.disk-full')
  expect(said).toContain('recharge delivery.disk-full')
  const left = Object.keys(await digests(data))
  expect(left.filter(f => f.endsWith('.part'))).toEqual([])
  expect(left.filter(f => f.startsWith('feed/') && f.endsWith('.json'))).toEqual([])
  const [again] = await (await start(data)).end()
  expect(again).toBe(0)
  expect(await digests(data)).toEqual(await digests(path.join(root, 'calm')))
}, 120_000)
