import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { machine, met } from './apart.ts'
import type { FactorMeasured } from './factor-run.ts'
import { type NaiveEstimate, naiveEstimate } from './naive.ts'
import {
  type Ground,
  type Nights,
  nights,
  prepare,
  readWhole,
  usageFactors,
  wholeCatalogue,
} from './nights.ts'
import { writeResult } from './report.ts'

const usage = `usage: node test/bench/main.ts factors [--subscribers N] [--nights K] [--sample S] [--seed X] [--memory MiB]
                                       [--folder DIR] [--profile] [--no-report]

The whole catalogue on made-up feeds of N subscribers (default 50000), 60 days of usage events: K consecutive
incremental nights (default 3), the last of them recomputed in full, the same for the factors that come from usage
events alone, and S factors (default 30) each in a query of its own, from which the naive way is extrapolated. Each run
is a process of its own. Fails when rows differ. The data set is kept in DIR for the next run. --profile also prints
what each statement cost; --sample 0 leaves the naive way out.`

/** Full recompute against the naive way; incremental nights against full recompute. */
export async function factorsBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '50000' },
      nights: { type: 'string', default: '3' },
      sample: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      memory: { type: 'string', default: '4096' },
      folder: { type: 'string' },
      profile: { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const catalogue = await readWhole()
  const ground = await prepare(Number(values.subscribers), Number(values.memory), values.folder)
  const count = Number(values.nights)
  const all = await nights(ground, count, { catalogue: wholeCatalogue }, 'all')
  if (values.profile) print('all', all)
  const words = { catalogue: wholeCatalogue, ids: usageFactors(catalogue) }
  const events = await nights(ground, count, words, 'events')
  if (values.profile) print('events', events)
  const sample = { size: Number(values.sample), seed: values.seed }
  const naive = sample.size === 0 ? undefined : await naiveEstimate(ground, catalogue, sample)
  const text = report(ground, { all, events, naive })
  console.log(text)
  if (!values['no-report']) await writeResult('factors', text)
  const names = ['all-nights', 'all-full', 'events-nights', 'events-full', 'naive']
  for (const name of names) await rm(path.join(ground.folder, name), { recursive: true, force: true })
  if (all.differences.length + events.differences.length > 0) process.exitCode = 1
}

interface Found {
  readonly all: Nights
  readonly events: Nights
  readonly naive: NaiveEstimate | undefined
}

function report(ground: Ground, { all, events, naive }: Found): string {
  const differences = [...all.differences, ...events.differences.map(d => `events: ${d}`)]
  const equal = differences.length === 0 ? 'Rows are equal.' : `**Rows differ**: ${differences.join('; ')}.`
  const least = { all: ratio(all), events: ratio(events) }
  return `## Incremental nights, full recompute, and the naive way

${ground.subscribers.toLocaleString('en')} subscribers, ${ground.events.toLocaleString('en')} usage events in 60 days and all other feeds; ${all.full.factors} factors (${all.full.off} off), of which
${events.full.factors} come from usage events. Wide table written every time. Nights follow each other on one shelf; the last morning is recomputed in
full on another, from raw rows. Each run in its own process, engine limit ${ground.memoryMiBMax} MiB, on ${machine()}. ${equal}

| run | seconds | CPU seconds | peak GiB |
|---|---|---|---|
${lines('all factors', all)}
${lines('from usage events', events)}

| what | found | target | |
|---|---|---|---|
| full ÷ night in CPU, from usage events (least of ${events.later.length}) | ${least.events.toFixed(1)} | ≥ 8 | ${met(8, least.events)} |
| full ÷ night in CPU, all factors (least of ${all.later.length}) | ${least.all.toFixed(1)} | ≥ 4 | ${met(4, least.all)} |
${naive === undefined ? '' : naiveLines(all.full, naive)}| rows of last night = rows of full recompute | ${differences.length} columns differ | 0 | ${met(differences.length, 0)} |
`
}

/** How many times less CPU the dearest night took than the full recompute. */
function ratio({ full, later }: Nights): number {
  return full.cpuSeconds / Math.max(...later.map(n => n.cpuSeconds))
}

function lines(name: string, { first, later, full }: Nights): string {
  const line = (what: string, m: FactorMeasured) =>
    `| ${name}: ${what} | ${m.seconds.toFixed(1)} | ${m.cpuSeconds.toFixed(1)} | ${(m.peakMiB / 1024).toFixed(2)} |`
  return [
    line('full recompute', full),
    line('first night, nothing kept before', first),
    ...later.map((m, i) => line(`night ${i + 1}`, m)),
  ].join('\n')
}

function naiveLines(full: FactorMeasured, naive: NaiveEstimate): string {
  const ratio = full.cpuSeconds / naive.cpuSeconds
  return `| full ÷ naive in CPU; naive ${naive.cpuSeconds.toFixed(0)} s ± ${naive.error.toFixed(0)} s, extrapolated from ${naive.sampled} factors of ${naive.of} (${naive.strata}), a query with its join and its file for each | ${ratio.toFixed(3)} | ≤ 0.5 | ${met(ratio, 0.5)} |\n`
}

function print(name: string, { first, later, full }: Nights): void {
  const one = (what: string, m: FactorMeasured) => {
    console.log(`${name}, ${what}: cpu ${m.cpuSeconds.toFixed(2)} s`)
    for (const c of m.statements.filter(c => c.cpuSeconds >= m.cpuSeconds / 200))
      console.log(`  ${c.cpuSeconds.toFixed(2)} s cpu, ${c.seconds.toFixed(2)} s, ${c.count} × ${c.name}`)
  }
  one('full', full)
  one('first night', first)
  later.forEach((m, i) => {
    one(`night ${i + 1}`, m)
  })
}
