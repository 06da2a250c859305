import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { machine, met } from './apart.ts'
import type { FactorMeasured } from './factor-run.ts'
import { type Ground, livingNights, nights, prepare, wholeCatalogue } from './nights.ts'
import { writeResult } from './report.ts'

const usage = `usage: node test/bench/main.ts scale [--subscribers N,M] [--memory MiB] [--nights K] [--no-full] [--no-report]

The whole catalogue for N and for M subscribers (default 1000000,4000000): a first night, K incremental nights (default 1)
and a full recompute (left out, and with it the comparison of its rows, by --no-full), each in a process of its own. How much memory each holds, and what a subscriber takes at M against N.
The data sets are kept in the temporary folder for the next run.`

/** Whether the size of the carrier costs more than its share. */
export async function scaleBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '1000000,4000000' },
      memory: { type: 'string', default: '4096' },
      nights: { type: 'string', default: '1' },
      'no-full': { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const runs: SizeRun[] = []
  for (const subscribers of values.subscribers.split(',').map(Number))
    runs.push(await runAt(subscribers, Number(values.memory), Number(values.nights), !values['no-full']))
  const text = report(runs, values.memory)
  console.log(text)
  if (!values['no-report']) await writeResult('scale', text)
  if (runs.some(r => r.differences.length > 0)) process.exitCode = 1
}

interface SizeRun {
  readonly ground: Ground
  readonly first: FactorMeasured
  /** The dearest of the nights. */
  readonly night: FactorMeasured
  readonly full?: FactorMeasured
  readonly differences: readonly string[]
}

async function runAt(
  subscribers: number,
  memoryMiBMax: number,
  count: number,
  withFull: boolean,
): Promise<SizeRun> {
  const ground = await prepare(subscribers, memoryMiBMax)
  const words = { catalogue: wholeCatalogue }
  const run = withFull
    ? await nights(ground, count, words, 'scale')
    : { ...(await livingNights(ground, count, words, 'scale')), differences: [] }
  for (const name of ['scale-nights', 'scale-full'])
    await rm(path.join(ground.folder, name), { recursive: true, force: true })
  const [night] = run.later.toSorted((a, b) => b.seconds - a.seconds)
  if (night === undefined) throw new RangeError('at least one night')
  return { ...run, ground, night }
}

const peakGiBMax = 6
const growthMax = 1.15

const names = {
  first: 'first night, nothing kept before',
  night: 'incremental night',
  full: 'full recompute',
}

function report(runs: readonly SizeRun[], memory: string): string {
  const lines = runs.flatMap(({ ground, ...run }) =>
    (['first', 'night', 'full'] as const).flatMap(kind => {
      if (run[kind] === undefined) return []
      const { seconds, cpuSeconds, peakMiB } = run[kind]
      const peak = peakMiB / 1024
      const each = (1e6 * cpuSeconds) / ground.subscribers
      return `| ${ground.subscribers.toLocaleString('en')} | ${names[kind]} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${each.toFixed(1)} | ${peak.toFixed(2)} | ${met(peak, peakGiBMax)} |`
    }),
  )
  const growth = (['night', 'full'] as const).flatMap(kind =>
    (['seconds', 'cpuSeconds'] as const).flatMap(clock => growthOf(runs, kind, clock)),
  )
  const differing = runs.flatMap(r => r.differences)
  const compared = runs.every(r => r.full !== undefined)
  const equal =
    differing.length > 0
      ? `**Rows differ**: ${differing.join('; ')}.`
      : compared
        ? 'Rows are equal.'
        : 'Without the full recompute, so rows were not compared in this run.'
  return `## Memory and time as the carrier grows

${runs.map(r => `${r.ground.events.toLocaleString('en')} usage events for ${r.ground.subscribers.toLocaleString('en')} subscribers`).join(', ')}; ${runs[0]?.night.factors ?? 0} factors (${runs[0]?.night.off ?? 0} off), wide table written, engine limit ${memory} MiB,
each run in its own process, on ${machine()}. ${equal}

| subscribers | run | seconds | CPU seconds | CPU µs a subscriber | peak GiB | ≤ ${peakGiBMax} |
|---|---|---|---|---|---|---|
${lines.join('\n')}

| what | found | target | |
|---|---|---|---|
${growth.join('\n')}
`
}

/** What a subscriber costs at the largest size, as a share of what one costs at the smallest; nothing when one was not run. */
function growthOf(
  runs: readonly SizeRun[],
  kind: 'night' | 'full',
  clock: 'seconds' | 'cpuSeconds',
): readonly string[] {
  const [small] = runs
  const large = runs.at(-1)
  const least = small?.[kind]
  const most = large?.[kind]
  if (small === undefined || large === undefined || least === undefined || most === undefined) return []
  const ratio = most[clock] / large.ground.subscribers / (least[clock] / small.ground.subscribers)
  const unit = clock === 'seconds' ? 'seconds' : 'CPU seconds'
  return [
    `| ${names[kind]}: ${unit} a subscriber at ${large.ground.subscribers.toLocaleString('en')} ÷ at ${small.ground.subscribers.toLocaleString('en')} | ${ratio.toFixed(2)} | ≤ ${growthMax} | ${met(ratio, growthMax)} |`,
  ]
}
