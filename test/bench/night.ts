import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { parquet } from '#warehouse'
import { machine, met, runApart, type Used } from './apart.ts'
import { mornings } from './night-span.ts'
import { type Ground, measure, prepare, readWhole, tableOf, wholeCatalogue, withWarehouse } from './nights.ts'
import { linkedShelf, ownShelf } from './own-shelf.ts'
import { writeResult } from './report.ts'
import { type RivalJob, rivalPartials, rivalRun, rivalsFactors } from './rival-run.ts'
import { differingColumns } from './same-rows.ts'

const usage = `usage: node test/bench/main.ts night [--subscribers N] [--rounds R] [--memory MiB] [--folder DIR] [--no-report]

One night of the rival's factors on made-up feeds of N subscribers (default 50000), 60 days of usage events: the compiler
beside SQL written by hand for the same factors, each run in a process of its own, R rounds (default 3) in turn. Fails
when their rows differ. The data set is kept in DIR for the next run.`

const sides = ['rival', 'compiler'] as const
const shapes = ['night', 'full'] as const
type Side = (typeof sides)[number]
type Shape = (typeof shapes)[number]
type Measured = Used & { readonly side: Side; readonly shape: Shape }

/** The factor night against its hand-written rival. */
export async function nightBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '50000' },
      rounds: { type: 'string', default: '3' },
      memory: { type: 'string', default: '4096' },
      folder: { type: 'string' },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const ground = await prepare(Number(values.subscribers), Number(values.memory), values.folder)
  const ids = await rivalsFactors(await readWhole())
  await rm(path.join(ground.folder, rivalPartials), { recursive: true, force: true })
  const before = await nightBefore(ground, ids)
  const all = await rounds(ground, Number(values.rounds), ids, before)
  const differences = await compare(ground)
  const text = report(ground, ids.length, all, differences)
  console.log(text)
  if (!values['no-report']) await writeResult('night', text)
  for (const name of ['compiler-before', 'compiler-night', 'compiler-full', rivalPartials])
    await rm(path.join(ground.folder, name), { recursive: true, force: true })
  if (differences.length > 0) process.exitCode = 1
}

const [evening, morning] = mornings(2)

/** Both sides and shapes in turn, each round beginning with the other side. */
async function rounds(
  ground: Ground,
  count: number,
  ids: readonly string[],
  before: string,
): Promise<readonly Measured[]> {
  const all: Measured[] = []
  for (let round = 0; round < count; round++) {
    for (const shape of shapes) {
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        const took = side === 'rival' ? rival(ground, shape) : compiler(ground, shape, ids, before)
        all.push({ side, shape, ...(await took) })
      }
    }
  }
  return all
}

/** What the compiler keeps from the night before, made once. */
async function nightBefore(ground: Ground, ids: readonly string[]): Promise<string> {
  const { root } = await ownShelf(path.join(ground.folder, 'compiler-before'), ground.shelf)
  if (evening === undefined) throw new RangeError('no evening')
  await measure(ground, { root, morning: evening, incremental: true, catalogue: wholeCatalogue, ids })
  return root
}

async function compiler(ground: Ground, shape: Shape, ids: readonly string[], before: string): Promise<Used> {
  const to = path.join(ground.folder, `compiler-${shape}`)
  const { root } = shape === 'night' ? await linkedShelf(to, before) : await ownShelf(to, ground.shelf)
  if (morning === undefined) throw new RangeError('no morning')
  return await measure(ground, {
    root,
    morning,
    incremental: shape === 'night',
    catalogue: wholeCatalogue,
    ids,
  })
}

async function rival({ folder, memoryMiBMax }: Ground, shape: Shape): Promise<Used> {
  if (morning === undefined) throw new RangeError('no morning')
  const job: RivalJob = { folder, morning, shape, memoryMiBMax }
  const took = await runApart<Used>(rivalRun, [JSON.stringify(job)])
  console.log(`rival ${shape}: ${took.seconds.toFixed(2)} s, cpu ${took.cpuSeconds.toFixed(2)} s`)
  return took
}

/** Columns in which the two sides differ, per shape; those that a factor only needs are not compared. */
async function compare({ folder }: Ground): Promise<readonly string[]> {
  return await withWarehouse(folder, async warehouse => {
    const found: string[] = []
    for (const shape of shapes) {
      if (morning === undefined) continue
      const ours = await tableOf({ root: path.join(folder, `compiler-${shape}`) }, morning)
      const differing = await differingColumns(
        warehouse,
        parquet([path.join(folder, `rival-${shape}.parquet`)]),
        ours,
      )
      found.push(...differing.map(d => `${shape}: ${d}`))
    }
    return found
  })
}

const shapeNames: Readonly<Record<Shape, string>> = { night: 'incremental night', full: 'full recompute' }

function report(
  ground: Ground,
  factors: number,
  all: readonly Measured[],
  differences: readonly string[],
): string {
  const line = (side: Side, shape: Shape, m: Used) =>
    `| ${shapeNames[shape]} | ${side} | ${m.seconds.toFixed(2)} | ${m.cpuSeconds.toFixed(2)} | ${(m.peakMiB / 1024).toFixed(2)} | ${Math.round(ground.events / m.seconds).toLocaleString('en')} |`
  const ratios = shapes.map(shape => {
    const [rival, compiler] = [best(all, 'rival', shape), best(all, 'compiler', shape)]
    const [wall, cpu] = [compiler.seconds / rival.seconds, compiler.cpuSeconds / rival.cpuSeconds]
    return `| ${shapeNames[shape]}: compiler ÷ rival, seconds (CPU) | ${wall.toFixed(2)} (${cpu.toFixed(2)}) | ≤ 1.3 | ${met(wall, 1.3)} |`
  })
  const equal = differences.length === 0 ? 'Rows are equal.' : `**Rows differ**: ${differences.join('; ')}.`
  return `## One night of a fixed sample of factors

${ground.subscribers.toLocaleString('en')} subscribers, ${ground.events.toLocaleString('en')} usage events in 60 days and all other feeds; the ${factors} factors of the hand-written rival on both sides,
wide table written. Best seconds, best CPU seconds and highest memory of ${all.length / 4} rounds, each run in its own process, on ${machine()}. ${equal}

| night | side | seconds | CPU seconds | peak GiB | event rows/s |
|---|---|---|---|---|---|
${shapes.flatMap(shape => sides.map(side => line(side, shape, best(all, side, shape)))).join('\n')}

| what | found | target | |
|---|---|---|---|
${ratios.join('\n')}

Event rows: those of the windows (60 days), which the full recompute reads and the incremental night answers for.
`
}

function best(all: readonly Measured[], side: Side, shape: Shape): Used {
  const runs = all.filter(m => m.side === side && m.shape === shape)
  return {
    seconds: Math.min(...runs.map(m => m.seconds)),
    cpuSeconds: Math.min(...runs.map(m => m.cpuSeconds)),
    peakMiB: Math.max(...runs.map(m => m.peakMiB)),
  }
}
