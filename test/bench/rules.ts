import { link, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { pieceFiles } from '#warehouse'
import { machine, met, runApart } from './apart.ts'
import { wholeCatalogue } from './nights.ts'
import { writeResult } from './report.ts'
import { type RulesJob, type RulesMeasured, rulesRun } from './rules-run.ts'
import { quantile, type WideTable, wideTable } from './wide-table.ts'

const usage = `usage: node test/bench/main.ts rules [--subscribers N] [--rules R] [--larger L] [--seed X] [--folder DIR] [--keep] [--no-report]

One pass over the wide table of N subscribers (default 50000) that counts R rules (default 200) of six comparisons each,
against one that only reads the columns they ask about; what 50 of them share; and what one count takes of a carrier L times
as large (default 10), whose files are those of the table L times over. --keep leaves the table for the next run.`

const passTimesMax = 3
const overlapMaxMs = 2_000
const largerMaxMs = 1_000
const overlapping = 50
const counted = 30

/** All rules of a night in one pass, the overlap that a person waits for, and a count of a much larger carrier. */
export async function rulesBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '50000' },
      rules: { type: 'string', default: '200' },
      larger: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const wide = await wideTable(Number(values.subscribers), values.folder)
  const largerFolder = path.join(wide.ground.folder, 'larger')
  const job: RulesJob = {
    root: wide.shelf.root,
    morning: wide.piece.span.from,
    catalogue: wholeCatalogue,
    rules: Number(values.rules),
    overlapping,
    larger: await sideBySide(wide, largerFolder, Number(values.larger)),
    counted,
    seed: values.seed,
  }
  const found = await runApart<RulesMeasured>(rulesRun, [JSON.stringify(job)])
  await rm(largerFolder, { recursive: true, force: true })
  if (!values.keep) await rm(wide.shelf.root, { recursive: true, force: true })
  const text = report(wide, job, found)
  console.log(text)
  if (!values['no-report']) await writeResult('rules', text)
}

/** The table's files so many times over, by links: read as that many files, each with its own footer and groups. */
async function sideBySide(
  { shelf, piece }: WideTable,
  folder: string,
  times: number,
): Promise<readonly string[]> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const files: string[] = []
  for (let nth = 0; nth < times; nth++) {
    for (const file of pieceFiles(shelf, piece)) {
      const copy = path.join(folder, `${nth}-${path.basename(file)}`)
      await link(file, copy)
      files.push(copy)
    }
  }
  return files
}

function report({ ground, piece }: WideTable, { rules }: RulesJob, found: RulesMeasured): string {
  const best = (ms: readonly number[]) => Math.min(...ms)
  const times = best(found.passMs) / best(found.scanMs)
  const p95 = quantile(found.largerMs, 0.95)
  return `## Many rules in one pass

${piece.rows.toLocaleString('en')} rows of ${ground.subscribers.toLocaleString('en')} subscribers; ${rules} rules of six comparisons over ${found.columns} factors, drawn by a seed; the best of three tries, in a process of its
own, on ${machine()}. Peak memory ${(found.peakMiB / 1024).toFixed(2)} GiB. The larger carrier's files are those of the table over and over: ${found.largerRows.toLocaleString('en')} rows;
${counted} conditions of six comparisons were counted of it, each for the first time.

| what | ms | asked |
|---|---|---|
| reading those columns, once | ${best(found.scanMs).toFixed(0)} | |
| counting every rule in one pass | ${best(found.passMs).toFixed(0)}, ${times.toFixed(1)} times as long | at most ${passTimesMax} times: ${met(times, passTimesMax)} |
| what each two of ${overlapping} rules share | ${best(found.overlapMs).toFixed(0)} | at most ${overlapMaxMs}: ${met(best(found.overlapMs), overlapMaxMs)} |
| counting by six conditions, larger carrier: p50 | ${quantile(found.largerMs, 0.5).toFixed(0)} | |
| the same: p95 | ${p95.toFixed(0)} | at most ${largerMaxMs}: ${met(p95, largerMaxMs)} |
`
}
