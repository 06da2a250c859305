import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { machine, met, runApart } from './apart.ts'
import { type CountJob, type CountMeasured, countRun } from './count-run.ts'
import { readWhole, wholeCatalogue } from './nights.ts'
import { writeResult } from './report.ts'
import { quantile, wideTable } from './wide-table.ts'

const usage = `usage: node test/bench/main.ts count [--subscribers N] [--queries Q] [--seed X] [--folder DIR] [--keep] [--no-report]

How long counting takes: Q conditions (default 30) of six comparisons each, over factors drawn by the seed from the whole
catalogue, on the wide table of N subscribers (default 50000). A process of its own; each is asked twice. --keep leaves the
table for the next run, which then takes it as it is.`

const p95MaxMs = 50

/** Six conditions over the wide table: what a person waits for while writing a rule. */
export async function countBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '50000' },
      queries: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const { ground, shelf, piece } = await wideTable(Number(values.subscribers), values.folder)
  const job: CountJob = {
    root: shelf.root,
    morning: piece.span.from,
    catalogue: wholeCatalogue,
    queries: Number(values.queries),
    seed: values.seed,
  }
  const found = await runApart<CountMeasured>(countRun, [JSON.stringify(job)])
  if (!values.keep) await rm(shelf.root, { recursive: true, force: true })
  const line = (name: string, ms: readonly number[]) =>
    `| ${name} | ${[0.5, 0.95, 1].map(share => quantile(ms, share).toFixed(1)).join(' | ')} | ${met(quantile(ms, 0.95), p95MaxMs)} |`
  const text = `## Counting by six conditions

${piece.rows.toLocaleString('en')} rows of ${ground.subscribers.toLocaleString('en')} subscribers, ${(await readWhole()).factors.length} factors; ${values.queries} conditions of six comparisons on factors drawn by a seed, each with a value that some
subscriber has, printed by the rules' own door, counted in a process of its own that had answered one other query before, on
${machine()}. Peak memory ${(found.peakMiB / 1024).toFixed(2)} GiB. From none to ${Math.max(...found.counts).toLocaleString('en')} subscribers are found.

| asked | p50 ms | p95 ms | max ms | p95 ≤ ${p95MaxMs} |
|---|---|---|---|---|
${line('for the first time', found.firstMs)}
${line('again', found.againMs)}
`
  console.log(text)
  if (!values['no-report']) await writeResult('count', text)
}
