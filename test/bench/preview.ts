import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { FastifyInstance } from 'fastify'
import { readFactors } from '#factors'
import { openApplication } from '#flows'
import { buildServer } from '#http'
import { systemClock } from '#kernel'
import type { BoundCondition } from '#rules'
import { openWarehouse, parquet, pieceFiles } from '#warehouse'
import { machine, met } from './apart.ts'
import { drawn } from './drawn.ts'
import { wholeCatalogue } from './nights.ts'
import { linkedShelf } from './own-shelf.ts'
import { people, settle } from './preview-city.ts'
import { signedIn } from './province.ts'
import { writeResult } from './report.ts'
import { quantile, type WideTable, wideTable } from './wide-table.ts'

const usage = `usage: node test/bench/main.ts preview [--subscribers N] [--conditions Q] [--seed X] [--folder DIR] [--keep] [--no-report]

What somebody waits for while writing a rule: the whole answers of the routes behind the page, for Q conditions (default 30) of
six comparisons each over the wide table of N subscribers (default 50000), asked by three people of a province one after the
other. --keep leaves the table for the next run.`

/** What the page asks for, and how long it may take; the count comes first, the picture after it. */
const questions = [
  { name: 'the count, with sentence, feeds and alarms', path: 'count', mostMs: 50 },
  { name: 'the picture: sample, breakdown, capacity', path: 'picture', mostMs: 200 },
  { name: 'what it shares with the rules in force', path: 'overlap', mostMs: 2000 },
  { name: 'how the count moves with its thresholds', path: 'sensitivity', mostMs: undefined },
] as const

/** A preview through the server, by people who see all, a tenth and a hundredth of the base. */
export async function previewBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '50000' },
      conditions: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const wide = await wideTable(Number(values.subscribers), values.folder)
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'weiwan-bench-preview-'))
  await linkedShelf(path.join(dataFolder, 'warehouse'), wide.shelf.root)
  const conditions = await drawnOf(wide, Number(values.conditions), values.seed, dataFolder)
  const application = await openApplication({ dataFolder, clock: systemClock })
  const server = await buildServer(application, { version: 'bench', logs: false })
  try {
    await settle(application, wide.piece.span.from)
    const text = report(wide, conditions.length, await askAll(server, conditions))
    console.log(text)
    if (!values['no-report']) await writeResult('preview', text)
  } finally {
    await server.close()
    await application.close()
    await rm(dataFolder, { recursive: true, force: true })
    if (!values.keep) await rm(wide.shelf.root, { recursive: true, force: true })
  }
}

/** On an engine of their own, so that asking is the first time for each column. */
async function drawnOf({ shelf, piece }: WideTable, count: number, seed: string, folder: string) {
  const { factors } = await readFactors(wholeCatalogue)
  const spillFolder = path.join(folder, 'drawing')
  const warehouse = await openWarehouse({ memoryMiBMax: 2048, threads: 2, spillFolder })
  const conditions: BoundCondition[] = []
  for (let nth = 0; nth < count; nth++)
    conditions.push(await drawn(warehouse, parquet(pieceFiles(shelf, piece)), factors, seed, nth))
  warehouse.close()
  return conditions
}

interface Line {
  readonly who: string
  readonly question: (typeof questions)[number]
  readonly ms: readonly number[]
}

async function askAll(
  server: FastifyInstance,
  conditions: readonly BoundCondition[],
): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const { login, title } of people) {
    const cookie = await signedIn(server, login)
    const ask = async (what: string, condition: unknown) => {
      const start = performance.now()
      const payload = { condition, action: 'ask_recharge', controlPercent: 10 }
      const headers = { cookie, 'sec-fetch-site': 'same-origin' }
      const reply = await server.inject({ method: 'POST', url: `/api/rules/draft/${what}`, headers, payload })
      if (reply.statusCode !== 200) throw new Error(`${what}: ${reply.statusCode} ${reply.body}`)
      return performance.now() - start
    }
    const all = questions.map(question => ({ who: title, question, ms: [] as number[] }))
    await ask('count', { op: 'present', factor: 'brand' })
    for (const condition of conditions)
      for (const { question, ms } of all) ms.push(await ask(question.path, condition))
    lines.push(...all)
  }
  return lines
}

function report({ ground, piece }: WideTable, conditions: number, lines: readonly Line[]): string {
  const rows = lines.map(({ who, question: { name, mostMs }, ms }) => {
    const [p50, p95, most] = [0.5, 0.95, 1].map(share => quantile(ms, share))
    const verdict = mostMs === undefined ? '' : `≤ ${mostMs}: ${met(p95 ?? 0, mostMs)}`
    return `| ${who} | ${name} | ${[p50, p95, most].map(n => (n ?? 0).toFixed(0)).join(' | ')} | ${verdict} |`
  })
  return `## Trying a rule, as the page does

${piece.rows.toLocaleString('en')} rows of ${ground.subscribers.toLocaleString('en')} subscribers in a province of 100 counties; ${conditions} conditions of six comparisons on factors drawn by a
seed, each asked for the first time: the whole answer of the route, with who asks, scope and audit, through the server, on
${machine()}, by one person after another.

| who | asks for | p50 ms | p95 ms | max ms | p95 asked |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}
