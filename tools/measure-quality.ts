import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Application, foundDemo, liveOn, openApplication, runNight, showNight, workTheDay } from '#flows'
import { addDays, everybody, type PlainDate, type Result, systemClock } from '#kernel'
import { openWarehouse, raw, writeParquet } from '#warehouse'
import { openCity, stepCity } from '#world'

/**
 * How many factors turn suspect in a city that nobody disturbs, and what the night finds of damage planted into one day's
 * delivery. `node tools/measure-quality.ts [subscribers] [mornings]`; prints Markdown, exits 1 when damage stays unfound.
 */

const [subscribers = 2_000, mornings = 66] = process.argv.slice(2).map(Number)
const historyDays = 64
/** Mornings at the beginning that have too few before them to be judged. */
const unjudged = 7
const suspectsPerMorningMax = 0.1

interface Damage {
  readonly name: string
  readonly feed: string
  /** What becomes of the day's rows; `{rows}` stands for them, `{before}` for those of the day before. */
  readonly query?: string
  /** Feeds or factors of which at least one must be named as where it comes from. */
  readonly origins: readonly string[]
}

const damages: readonly Damage[] = [
  {
    name: 'balances of the day before, under the new date',
    feed: 'balance',
    query: `SELECT * REPLACE (CAST(day + 1 AS DATE) AS day) FROM {before}`,
    origins: ['balance'],
  },
  {
    name: 'balances in another unit (×100)',
    feed: 'balance',
    query: `SELECT * REPLACE (balance * 100 AS balance) FROM {rows}`,
    origins: ['balance'],
  },
  {
    name: 'usage doubled, one second apart',
    feed: 'usage',
    query: `SELECT * FROM {rows} UNION ALL SELECT * REPLACE (started_at + INTERVAL 1 SECOND AS started_at) FROM {rows}`,
    origins: ['usage'],
  },
  {
    name: 'usage without its cells',
    feed: 'usage',
    query: `SELECT * REPLACE (NULL AS cell_id) FROM {rows}`,
    origins: ['usage'],
  },
  {
    name: 'usage of half the subscribers',
    feed: 'usage',
    query: `SELECT * FROM {rows} WHERE hash(subscriber_id) % 100 < 45`,
    origins: ['usage'],
  },
  {
    name: 'daily data in bytes instead of KiB',
    feed: 'daily_usage',
    query: `SELECT * REPLACE (data_kib * 1024 AS data_kib) FROM {rows}`,
    origins: ['daily_usage'],
  },
  {
    name: 'daily usage without its messages',
    feed: 'daily_usage',
    query: `SELECT * REPLACE (NULL AS sms_count) FROM {rows}`,
    origins: ['daily_usage'],
  },
  { name: 'usage not delivered', feed: 'usage', origins: ['usage'] },
]

interface Stood {
  readonly day: PlainDate
  readonly held: readonly string[]
  readonly suspects: readonly {
    id: string
    code: string
    verdict: string
    origin: string | null
    en: string
  }[]
  readonly rulesHeld: number
  readonly seconds: number
}

async function main(): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'weiwan-quality-'))
  try {
    const folder = path.join(home, 'data')
    const undisturbed = await live(folder)
    printUndisturbed(undisturbed)
    const unfound = await plantAll(home, folder)
    const judged = undisturbed.slice(unjudged)
    const falseAlarms = judged.reduce((n, m) => n + ownSuspects(m).length, 0) / Math.max(1, judged.length)
    if (unfound > 0 || falseAlarms > suspectsPerMorningMax) process.exitCode = 1
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function withApplication<T>(
  folder: string,
  work: (application: Application) => Promise<T>,
): Promise<T> {
  const application = await openApplication({ dataFolder: folder, clock: systemClock })
  try {
    return await work(application)
  } finally {
    await application.close()
  }
}

/** A city lived night by night, and one day more whose files lie ready. */
async function live(folder: string): Promise<readonly Stood[]> {
  return withApplication(folder, async application => {
    unwrap(
      await foundDemo(application, {
        subscribers,
        seed: 11,
        days: historyDays + mornings,
        livedDays: mornings,
      }),
    )
    const stood: Stood[] = []
    for (let i = 0; i < mornings; i++) {
      const [lived] = unwrap(await liveOn(application, { days: 1 }))
      if (lived !== undefined) stood.push(await standing(application, lived.day))
      process.stderr.write(`${lived?.day} ${stood.at(-1)?.seconds.toFixed(1)} s\n`)
    }
    const city = await openCity(path.join(folder, 'city'))
    await workTheDay(application, city.today)
    ;(await stepCity(city, [])).close()
    return stood
  })
}

async function standing(application: Application, day: PlainDate): Promise<Stood> {
  const night = unwrap(await showNight(application, everybody, day))
  return {
    day,
    held: night.feeds.filter(f => f.verdict === 'hold').map(f => f.feed),
    suspects: night.suspects.map(s => ({ ...s, en: s.reason.en })),
    rulesHeld: night.held.filter(h => h.why === 'held').length,
    seconds: night.steps.find(s => s.id === 'quality')?.seconds ?? 0,
  }
}

/** What is wrong with factors themselves, not what they inherit. */
function ownSuspects({ suspects }: Stood) {
  return suspects.filter(s => s.verdict === 'suspect' && s.origin === null)
}

function printUndisturbed(all: readonly Stood[]): void {
  const judged = all.slice(unjudged)
  const count = (of: (m: Stood) => number) => judged.reduce((n, m) => n + of(m), 0)
  const suspect = count(m => m.suspects.filter(s => s.verdict === 'suspect').length)
  console.log(`${subscribers} subscribers, ${judged.length} judged mornings, nobody disturbs them:\n`)
  console.log(
    `- factors suspect: ${suspect}, of which in themselves ${count(m => ownSuspects(m).length)} (${(suspect / judged.length).toFixed(2)} a morning)`,
  )
  console.log(`- factors to look at: ${count(m => m.suspects.filter(s => s.verdict === 'warn').length)}`)
  console.log(`- feeds held: ${count(m => m.held.length)}, rules held: ${count(m => m.rulesHeld)}\n`)
  for (const m of judged)
    for (const s of [...ownSuspects(m), ...m.suspects.filter(x => x.verdict === 'warn')])
      console.log(`- ${m.day} ${s.verdict} \`${s.id}\`: ${s.en}`)
}

async function plantAll(home: string, folder: string): Promise<number> {
  console.log(
    '\n| damage to one day of | what | held feeds | suspect factors | rules held | found |\n|---|---|---|---|---|---|',
  )
  let unfound = 0
  for (const damage of damages) {
    const copy = path.join(home, 'copy')
    execFileSync('cp', ['-a', folder, copy])
    const source = { mappingFile: path.join(copy, 'city', 'mapping.yaml'), folder: path.join(copy, 'city') }
    writeFileSync(path.join(copy, 'source.json'), JSON.stringify(source))
    const stood = await withApplication(copy, async application => {
      const city = await openCity(path.join(copy, 'city'))
      const day = city.today
      city.close()
      await plant(copy, damage, addDays(day, -1))
      unwrap(await runNight(application, { day }))
      return standing(application, day)
    })
    rmSync(copy, { recursive: true, force: true })
    const suspects = stood.suspects.filter(s => s.verdict === 'suspect')
    const origins = new Set([...stood.held, ...suspects.map(s => s.origin ?? s.id)])
    const isFound = damage.origins.some(o => origins.has(o))
    if (!isFound) unfound += 1
    const cells = [
      damage.feed,
      damage.name,
      stood.held.join(' '),
      suspects.length,
      stood.rulesHeld,
      isFound ? 'yes' : 'NO',
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  return unfound
}

/** Replaces the day's delivery; its control file agrees with it, as that of a sender who made the mistake would. */
async function plant(folder: string, { feed, query }: Damage, day: PlainDate): Promise<void> {
  const fileOf = (d: PlainDate) => path.join(folder, 'city', 'feeds', feed, `${d}_${addDays(d, 1)}.parquet`)
  const file = fileOf(day)
  if (query === undefined) {
    await Promise.all([rm(file), rm(`${file}.control.json`)])
    return
  }
  const warehouse = await openWarehouse({
    memoryMiBMax: 512,
    threads: 2,
    spillFolder: path.join(folder, 'spill'),
  })
  const rowsOf = (d: PlainDate) => `read_parquet('${fileOf(d)}')`
  const spoilt = query.replaceAll('{rows}', rowsOf(day)).replaceAll('{before}', rowsOf(addDays(day, -1)))
  const written = await writeParquet(warehouse, raw(spoilt), `${file}.new`, [])
  await rename(`${file}.new`, file)
  const control = JSON.parse(await readFile(`${file}.control.json`, 'utf8')) as {
    sums?: Record<string, number>
  }
  const sums: Record<string, number> = {}
  for (const column of Object.keys(control.sums ?? {})) {
    const [found] = await warehouse.rows<{ n: number }>(
      raw(`SELECT coalesce(sum(${column}), 0) AS n FROM ${rowsOf(day)}`),
    )
    sums[column] = Number(found?.n ?? 0)
  }
  warehouse.close()
  writeFileSync(
    `${file}.control.json`,
    JSON.stringify({ ...control, rows: written.rows, bytes: written.bytes, sums }),
  )
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.en}`)
  return result.value
}

await main()
