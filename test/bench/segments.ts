import { rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { machine, runApart } from './apart.ts'
import { wholeCatalogue } from './nights.ts'
import { writeResult } from './report.ts'
import { type SegmentsJob, type SegmentsMeasured, segmentsRun } from './segments-run.ts'
import { wideTable } from './wide-table.ts'

const usage = `usage: node test/bench/main.ts segments [--subscribers N] [--memory MiB] [--folder DIR] [--keep] [--no-report]

How long placing and tagging everybody takes: the map and every tag of the catalogue over the wide table of N subscribers
(default 50000), in one pass as a night does it, in a process of its own with a memory limit (default 2048). --keep leaves the
table for the next run, which then takes it as it is.`

/** One pass that gives everybody its place and its tags. */
export async function segmentsBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '50000' },
      memory: { type: 'string', default: '2048' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const { ground, shelf, piece } = await wideTable(Number(values.subscribers), values.folder)
  const job: SegmentsJob = {
    root: shelf.root,
    morning: piece.span.from,
    catalogue: path.join(wholeCatalogue, '..'),
    memoryMiB: Number(values.memory),
  }
  // Made anew each time, also on a table that was kept.
  for (const dataset of ['segment', 'segment_day'])
    await rm(path.join(shelf.root, dataset), { recursive: true, force: true })
  const found = await runApart<SegmentsMeasured>(segmentsRun, [JSON.stringify(job)])
  if (!values.keep) await rm(shelf.root, { recursive: true, force: true })
  const { seconds, cpuSeconds, peakMiB } = found.used
  const scans = seconds / found.scanSeconds
  const text = `## Placing and tagging everybody

${found.rows.toLocaleString('en')} rows of ${ground.subscribers.toLocaleString('en')} subscribers, ${found.factors} factors; the map and ${found.tags} tags in one pass over the wide table, as a night makes them, written to the shelf
and counted (${found.telling} of the tags are had by some and not by all), in a process of its own with a limit of ${job.memoryMiB} MiB for the engine, on ${machine()}.

| | |
|---|---|
| seconds | ${seconds.toFixed(1)} |
| CPU seconds | ${cpuSeconds.toFixed(1)} |
| peak memory, GiB | ${(peakMiB / 1024).toFixed(2)} |
| written, MiB | ${found.mebibytes.toFixed(1)} |
| one scan of the ${found.columns} columns asked about, seconds | ${found.scanSeconds.toFixed(2)} |
| as a multiple of that scan | ${scans.toFixed(1)} |
`
  console.log(text)
  if (!values['no-report']) await writeResult('segments', text)
}
