import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openWarehouse, parquet, raw, sql, type Warehouse } from '#warehouse'
import { makeShelf } from './night-data.ts'
import { type Measured, type Shape, type Side, shapes, sides, warehouseOptions } from './night-run.ts'
import { writeResult } from './report.ts'

const usage = `usage: node test/bench/main.ts night [--subscribers N] [--rounds R] [--folder DIR] [--no-report]

One night of factors on made-up feeds of N subscribers (default 50000), 60 days of usage events: the compiler beside
SQL written by hand for the same factors, each run in a process of its own, R rounds (default 3) in turn. Fails when
their rows differ. The data set is kept in DIR for the next run.`

/** The factor night against its hand-written rival. */
export async function nightBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '50000' },
      rounds: { type: 'string', default: '3' },
      folder: { type: 'string' },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const subscribers = Number(values.subscribers)
  const folder = values.folder ?? path.join(tmpdir(), `weiwan-bench-night-${subscribers}`)
  await mkdir(folder, { recursive: true })
  const events = await prepare(folder, subscribers)
  const all: Measured[] = []
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const shape of shapes) {
      for (const side of round % 2 === 0 ? sides : sides.toReversed())
        all.push(await runApart(folder, side, shape))
    }
  }
  const differences = await compare(folder)
  const text = report(subscribers, events, all, differences)
  console.log(text)
  if (!values['no-report']) await writeResult('night', text)
  if (differences.length > 0) process.exitCode = 1
}

async function prepare(folder: string, subscribers: number): Promise<number> {
  const warehouse = await openWarehouse(warehouseOptions(folder))
  try {
    console.log(`data set of ${subscribers} subscribers in ${folder}`)
    await makeShelf(warehouse, path.join(folder, 'shelf'), subscribers)
    const [row] = await warehouse.rows<{ n: number }>(
      sql`SELECT count(*) AS n FROM ${parquet([path.join(folder, 'shelf/feed/usage/*.parquet')])}`,
    )
    return row?.n ?? 0
  } finally {
    warehouse.close()
  }
}

/** A process of its own: its memory is its own, and nothing is warm but the files. */
async function runApart(folder: string, side: Side, shape: Shape): Promise<Measured> {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'night-run.ts'), folder, side, shape],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let text = ''
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString()
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${side} ${shape} failed with exit code ${code}`)
  const measured = JSON.parse(text.trim().split('\n').at(-1) ?? '') as Measured
  console.log(`${side} ${shape}: ${measured.seconds.toFixed(2)} s, cpu ${measured.cpuSeconds.toFixed(2)} s`)
  return measured
}

/** Columns in which the two sides differ, per shape: numbers by more than 1e-9 of their size, others at all. */
async function compare(folder: string): Promise<string[]> {
  const warehouse = await openWarehouse(warehouseOptions(folder))
  try {
    const found = await Promise.all(shapes.map(shape => compareShape(warehouse, folder, shape)))
    return found.flat()
  } finally {
    warehouse.close()
  }
}

async function compareShape(warehouse: Warehouse, folder: string, shape: Shape): Promise<string[]> {
  const file = (side: Side) => parquet([path.join(folder, `${side}-${shape}.parquet`)])
  const columns = await warehouse.rows<{ column_name: string; column_type: string }>(
    sql`DESCRIBE SELECT * FROM ${file('rival')}`,
  )
  const differs = columns.map(({ column_name: name, column_type: type }) => {
    const [a, b] = [`a."${name}"`, `b."${name}"`]
    const close = `abs(${a} - ${b}) <= 1e-9 * greatest(1, abs(${a}))`
    const same =
      type === 'DOUBLE'
        ? `(${a} IS NULL AND ${b} IS NULL) OR coalesce(${close}, FALSE)`
        : `${a} IS NOT DISTINCT FROM ${b}`
    return raw(`count(CASE WHEN NOT (${same}) THEN 1 END) AS "${name}"`)
  })
  const [counts] = await warehouse.rows<Record<string, number>>(
    sql`SELECT ${raw(differs.map(d => d.text).join(', '))} FROM ${file('rival')} AS a FULL JOIN ${file('compiler')} AS b ON a.sub = b.sub`,
  )
  return Object.entries(counts ?? {}).flatMap(([name, n]) =>
    n > 0 ? [`${shape}: ${name} differs in ${n} rows`] : [],
  )
}

const shapeNames: Readonly<Record<Shape, string>> = { night: 'incremental night', full: 'full recompute' }

function report(
  subscribers: number,
  events: number,
  all: readonly Measured[],
  differences: readonly string[],
): string {
  const best = (side: Side, shape: Shape): Measured => {
    const runs = all.filter(m => m.side === side && m.shape === shape)
    const [one] = runs
    if (one === undefined) throw new Error(`${side} ${shape} was not run`)
    const least = (of: (m: Measured) => number) => Math.min(...runs.map(of))
    return {
      ...one,
      seconds: least(m => m.seconds),
      cpuSeconds: least(m => m.cpuSeconds),
      peakMiB: Math.max(...runs.map(m => m.peakMiB)),
    }
  }
  const line = (m: Measured, ratio: string) =>
    `| ${shapeNames[m.shape]} | ${m.side} | ${m.seconds.toFixed(2)} | ${m.cpuSeconds.toFixed(2)} | ${(m.peakMiB / 1024).toFixed(2)} | ${Math.round(m.rowsRead / m.seconds).toLocaleString('en')} | ${ratio} |`
  const lines = shapes.flatMap(shape => {
    const [rival, compiler] = [best('rival', shape), best('compiler', shape)]
    const ratio = `${(compiler.seconds / rival.seconds).toFixed(2)} (cpu ${(compiler.cpuSeconds / rival.cpuSeconds).toFixed(2)})`
    return [line(rival, ''), line(compiler, ratio)]
  })
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`
  const equal = differences.length === 0 ? 'Rows are equal.' : `**Rows differ**: ${differences.join('; ')}.`
  return `## One night of factors

${subscribers.toLocaleString('en')} subscribers, ${events.toLocaleString('en')} usage events over 61 days and all other feeds; ${all[0]?.factors ?? 0} factors on both sides,
wide table written. Best seconds, best CPU seconds and highest memory of ${all.length / 4} rounds, each run in its own process, on ${machine}. ${equal}

| night | side | seconds | CPU seconds | peak GiB | event rows/s | compiler / rival |
|---|---|---|---|---|---|---|
${lines.join('\n')}

Event rows: those of the windows (60 days), which the full recompute reads and the incremental night answers for.
`
}
