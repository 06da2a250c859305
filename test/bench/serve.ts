import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { factorTable, openVectors } from '#factors'
import { addDays } from '#kernel'
import { openWarehouse, pieceName, type Shelf, sql } from '#warehouse'
import { machine, met, runApart } from './apart.ts'
import { writeResult } from './report.ts'
import type { TableMade, VectorsTimed } from './serve-run.ts'
import { asOf } from './serve-table.ts'

const script = path.join(import.meta.dirname, 'serve-run.ts')

const usage = `usage: node test/bench/main.ts serve [--subscribers N] [--seconds S] [--rate R] [--home DIR] [--keep]

One subscriber's factors by key, R times a second (default 100) for S seconds (default 60), on a made table of N subscribers
(default 1000000): otherwise quiet, then while another process scans the table; and by a scan instead. --keep leaves the table.`

interface Latency {
  readonly requests: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
  /** The longest that the event loop was held up. */
  readonly held: number
}

/** One subscriber's factors by key, at a rate, on a quiet machine and while a night scans; beside the scan as rival. */
export async function serveBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '1000000' },
      seconds: { type: 'string', default: '60' },
      rate: { type: 'string', default: '100' },
      home: { type: 'string', default: path.join(tmpdir(), 'weiwan-bench-serve') },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const [subscribers, seconds, rate] = [values.subscribers, values.seconds, values.rate].map(Number) as [
    number,
    number,
    number,
  ]
  await mkdir(values.home, { recursive: true })
  const root = path.join(values.home, `table-${subscribers}`)
  try {
    const { columns } = await runApart<TableMade>(script, ['make', root, String(subscribers)])
    await rm(path.join(root, 'factor', `${pieceName({ from: asOf, to: addDays(asOf, 1) }, 1)}.vectors`), {
      force: true,
    })
    const written = await runApart<VectorsTimed>(script, ['write', root])
    const load = { shelf: { root }, subscribers, seconds, rate }
    const quiet = await underLoad(load)
    const busy = await whileNight(root, () => underLoad(load))
    const scan = await byScan({ root }, subscribers)
    const result = { subscribers, columns, rate, seconds, written, quiet, busy, scan }
    console.log(result)
    await writeResult('serve', page(result))
  } finally {
    if (!values.keep) await rm(values.home, { recursive: true, force: true })
  }
}

interface Load {
  readonly shelf: Shelf
  readonly subscribers: number
  readonly seconds: number
  readonly rate: number
}

/** Each request is due at its time whether or not those before it are answered, and is timed from then. */
async function underLoad({ shelf, subscribers, seconds, rate }: Load): Promise<Latency> {
  const vectors = openVectors(shelf, () => Promise.reject(new Error('answered by a scan')))
  await vectors.of(asOf, idOf(0))
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const took: number[] = []
  const asked: Promise<void>[] = []
  const start = performance.now()
  for (let i = 0; i < seconds * rate; i++) {
    const due = start + (i * 1_000) / rate
    if (due > performance.now()) await sleep(due - performance.now())
    asked.push(
      vectors.of(asOf, idOf(spread(i, subscribers))).then(row => {
        if (row === undefined) throw new Error('a subscriber is missing')
        took.push(performance.now() - due)
      }),
    )
  }
  await Promise.all(asked)
  delay.disable()
  await vectors.close()
  return { ...quantiles(took), held: delay.max / 1e6 }
}

async function byScan(shelf: Shelf, subscribers: number): Promise<Latency> {
  const warehouse = await openWarehouse({
    spillFolder: `${shelf.root}.spill`,
    memoryMiBMax: 2_048,
    threads: 2,
  })
  try {
    const table = await factorTable(shelf, asOf)
    if (table === undefined) throw new Error('no table')
    const took: number[] = []
    for (let i = 0; i < 30; i++) {
      const start = performance.now()
      const id = idOf(spread(i, subscribers))
      await warehouse.rows(sql`SELECT * FROM ${table} AS t WHERE subscriber_id = ${id}`)
      took.push(performance.now() - start)
    }
    return { ...quantiles(took), held: Number.NaN }
  } finally {
    warehouse.close()
    await rm(`${shelf.root}.spill`, { recursive: true, force: true })
  }
}

/** Does the work while another process scans the table. */
async function whileNight<T>(root: string, work: () => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [script, 'night', root], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  try {
    return await work()
  } finally {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

const idOf = (n: number) => `u${String(n).padStart(9, '0')}`

/** Subscribers all over the table, the same ones in every run. */
function spread(i: number, subscribers: number): number {
  return Math.floor((((i + 1) * 0.6180339887498949) % 1) * subscribers)
}

function quantiles(took: readonly number[]): Omit<Latency, 'held'> {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
  return { requests: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

interface Result extends Omit<Load, 'shelf'> {
  readonly columns: number
  readonly written: VectorsTimed
  readonly quiet: Latency
  readonly busy: Latency
  readonly scan: Latency
}

function page({ subscribers, columns, rate, seconds, written, quiet, busy, scan }: Result): string {
  const ms = (n: number) => (Number.isNaN(n) ? '' : n.toFixed(2))
  const row = (what: string, l: Latency, bound?: number) =>
    `| ${what} | ${l.requests} | ${ms(l.p50)} | ${ms(l.p95)} | ${ms(l.p99)} | ${ms(l.max)} | ${ms(l.held)} | ${bound === undefined ? '' : `${bound} ms: ${met(l.p99, bound)}`} |`
  const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(2)
  return `## One subscriber's factors

${subscribers.toLocaleString('en')} subscribers × ${columns} factors (a made table), on ${machine()}. Asked ${rate} times a second for ${seconds} s, subscribers all over
the table, each request timed from when it was due; then the same while another process, as polite as a night's, scans the table without end on all processors.

| milliseconds | requests | p50 | p95 | p99 | max | event loop held | p99 at most |
|---|---|---|---|---|---|---|---|
${row('by key, otherwise quiet', quiet, 10)}
${row('by key, while a night runs', busy, 30)}
${row('by a scan of the table, one after the other', scan)}

| writing the vector file | |
|---|---|
| CPU seconds | ${written.cpuSeconds.toFixed(1)} |
| seconds | ${written.seconds.toFixed(1)} |
| peak memory, GiB | ${(written.peakMiB / 1024).toFixed(2)} |
| size, GiB | ${gib(written.bytes)} |
`
}
