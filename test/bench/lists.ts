import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { type Application, openApplication } from '#flows'
import { addStaff, growOrganisation } from '#governance'
import { systemClock } from '#kernel'
import { csvFile } from '../../src/flows/exports/csv.ts'
import { workbookFile } from '../../src/flows/exports/workbook.ts'
import { machine, runApart } from './apart.ts'
import { type ListsJob, type ListsMeasured, listsRun } from './lists-run.ts'
import { makeShelf } from './night-data.ts'
import { firstMorning } from './night-span.ts'
import { withWarehouse } from './nights.ts'
import { answerForAll, people } from './preview-city.ts'
import { password, province } from './province.ts'
import { writeResult } from './report.ts'

const usage = `usage: node test/bench/main.ts lists [--subscribers N] [--lines L] [--folder DIR] [--keep] [--no-report]

What it takes to read a list: a file of L lines (default 100000, the most a list may have) over a made base of N subscribers
(default 1000000), as CSV and as an Excel workbook, by number and by key; then a checked one of L lines read back, a twentieth of it
removed and a twentieth added. Each by a server of its own that has done nothing else. --keep leaves the base in DIR for the next run.`

const login = people[0].login

/** A list of the largest size, from the file to the lines in the desk. */
export async function listsBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '1000000' },
      lines: { type: 'string', default: '100000' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      'no-report': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(usage)
  const [subscribers, lines] = [Number(values.subscribers), Number(values.lines)]
  const folder = values.folder ?? (await mkdtemp(path.join(tmpdir(), 'weiwan-bench-lists-')))
  const dataFolder = path.join(folder, 'data')
  try {
    await found(folder, dataFolder, subscribers)
    const text = report(subscribers, lines, await measureAll(folder, dataFolder, { subscribers, lines }))
    console.log(text)
    if (!values['no-report']) await writeResult('lists', text)
  } finally {
    if (!values.keep) await rm(folder, { recursive: true, force: true })
  }
}

/** The base with its numbers, and where everybody belongs: what a list asks for, and nothing else of a night. */
async function found(folder: string, dataFolder: string, subscribers: number): Promise<void> {
  await mkdir(dataFolder, { recursive: true })
  await withWarehouse(folder, warehouse =>
    makeShelf(warehouse, path.join(dataFolder, 'warehouse'), { subscribers }, console.error, ['subscriber']),
  )
  const application = await openApplication({ dataFolder, clock: systemClock })
  try {
    await settle(application, subscribers)
  } finally {
    await application.close()
  }
}

async function settle({ desk }: Application, subscribers: number): Promise<void> {
  const { rows } = await sql`select 1 from night_run limit 1`.execute(desk.db)
  if (rows.length > 0) return
  const at = new Date(`${firstMorning}T00:00:00Z`)
  await growOrganisation(desk.db, province())
  for (const { login: own, role, unit } of people) {
    const name = { zh: own, en: own }
    await addStaff(desk.db, { login: own, name, roles: [role], nodeId: unit, language: 'zh', password }, at)
  }
  const everybody = Array.from({ length: subscribers }, (_, sub) => ({ sub, subscriber_id: keyOf(sub) }))
  await answerForAll(desk.db, everybody)
  await sql`insert into night_run (day, state, subscribers, started_at, finished_at)
    values (${firstMorning}, 'done', ${subscribers}, ${at}, ${at})`.execute(desk.db)
}

const keyOf = (sub: number) => `u${String(sub).padStart(9, '0')}`
const numberOf = (sub: number) => String(13_000_000_000 + sub)

interface Size {
  readonly subscribers: number
  readonly lines: number
}

interface Measured extends ListsMeasured {
  readonly what: string
  readonly bytes: number
}

type Rows = readonly (readonly string[])[]

async function measureAll(
  folder: string,
  dataFolder: string,
  { subscribers, lines }: Size,
): Promise<readonly Measured[]> {
  // All over the base, in no order of the keys: by a step that has no divisor in common with it.
  const whom = Array.from({ length: lines }, (_, i) => (i * 7_919) % subscribers)
  const added = Math.floor(lines / 20)
  const [named, more] = [whom.slice(added), whom.slice(0, added)]
  const byNumber: Rows = [['number', 'reason'], ...whom.map(sub => [numberOf(sub), '合约将到期'])]
  const byKey: Rows = [['subscriber', 'reason'], ...whom.map(sub => [keyOf(sub), '合约将到期'])]
  const checked: Rows = [
    ['subscriber', 'decision', 'reason'],
    ...named.map((sub, i) => [keyOf(sub), i % 20 === 0 ? '剔除' : '保留', i % 20 === 0 ? '已回访' : '']),
    ...more.map(sub => [keyOf(sub), '新增', '经理推荐']),
  ]
  const base: Rows = [['subscriber'], ...named.map(sub => [keyOf(sub)])]
  const all: Measured[] = []
  const run = async (what: string, rows: Rows, format: 'csv' | 'xlsx', list?: number) => {
    const file = path.join(folder, `list.${format}`)
    await written(file, rows, format)
    const job: ListsJob = { dataFolder, login, file, ...(list === undefined ? {} : { list }) }
    const measured = await runApart<ListsMeasured>(listsRun, [JSON.stringify(job)])
    const { size } = await stat(file)
    return { ...measured, what, bytes: size }
  }
  for (const format of ['csv', 'xlsx'] as const) {
    const name = format === 'csv' ? 'CSV' : 'Excel'
    all.push(await run(`${name} by number`, byNumber, format))
    all.push(await run(`${name} by key`, byKey, format))
    const { list } = await run('before it is checked', base, 'csv')
    all.push(await run(`${name} read back`, checked, format, list))
  }
  return all
}

async function written(file: string, rows: Rows, format: 'csv' | 'xlsx'): Promise<void> {
  async function* some() {
    for (let at = 0; at < rows.length; at += 1_000) yield rows.slice(at, at + 1_000)
  }
  await pipeline(format === 'csv' ? csvFile(some()) : workbookFile(some(), 'list'), createWriteStream(file))
}

function report(subscribers: number, lines: number, all: readonly Measured[]): string {
  const whole = (n: number) => n.toLocaleString('en')
  const rows = all.map(({ what, bytes, used, idleMiB, counts, faulty }) => {
    const { kept, removed, added } = counts
    return `| ${what} | ${(bytes / 2 ** 20).toFixed(1)} | ${used.seconds.toFixed(1)} | ${used.cpuSeconds.toFixed(1)} | ${used.peakMiB.toFixed(0)} | ${idleMiB.toFixed(0)} | ${whole(kept)} | ${whole(removed)} | ${whole(added)} | ${whole(faulty)} |`
  })
  return `## A list of ${whole(lines)} lines

The whole answer of the route: the file kept, read, every line resolved among ${whole(subscribers)} subscribers within the asker's scope, compared,
written to the desk and to the audit; each by a server of its own that has done nothing else, on ${machine()}. CPU and memory are the
server's; the desk's PostgreSQL works beside it.

| file | MiB | seconds | CPU seconds | peak MiB | of that before | kept | removed | added | faulty |
|---|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}
`
}
