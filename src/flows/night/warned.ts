import { rm } from 'node:fs/promises'
import path from 'node:path'
import { factorTable } from '#factors'
import { addDays, FaultError, type PlainDate } from '#kernel'
import {
  fileDigest,
  foreignFile,
  ident,
  nextVersion,
  type Piece,
  parquet,
  pieceFiles,
  pieces,
  type Sql,
  shelve,
  sql,
  writeAppended,
} from '#warehouse'
import { exportWarnings, type WarningPlan } from '#warnings'
import type { Application } from '../application.ts'
import { nothingDelivered } from '../faults.ts'

/** Of whom a plan warned on a morning, at which level: `sub`, `level`. */
const datasetOf = (plan: string) => `warned/${plan}`

/** Keeps the levels of a plan's warnings on the shelf, for the rules that ask about them; the same again writes nothing. */
export async function keepWarned(application: Application, day: PlainDate, plan: string): Promise<void> {
  const { dataFolder, desk, shelf, warehouse } = application
  const table = await factorTable(shelf, day)
  if (table === undefined) throw new FaultError(nothingDelivered())
  const file = path.join(dataFolder, 'warehouse', 'work', `warned-${plan}-${day}.csv`)
  try {
    const warned = await exportWarnings(desk.db, day, plan)
    const lines = warned.map((one, i) => `${i},${quoted(one.subscriber_id)},${one.level}\n`)
    await writeAppended(file, append => append(Buffer.from(lines.join(''))))
    const span = { from: day, to: addDays(day, 1) }
    const all = await pieces(shelf, datasetOf(plan))
    const version = nextVersion(all, span)
    const fingerprint = await fileDigest(file)
    if (all.some(p => p.version === version - 1 && p.span.from === day && p.fingerprint === fingerprint))
      return
    const rows = sql`SELECT f.sub, w.c1 AS level FROM ${foreignFile.numberedCsv(file, 2, ',', nobody)} AS w
      JOIN ${table} AS f ON f.subscriber_id = w.c0`
    const stamp = { dataset: datasetOf(plan), span, version, fingerprint, learnedOn: day }
    await shelve(await warehouse(), shelf, stamp, rows, [ident('sub')])
  } finally {
    await rm(file, { force: true })
  }
}

/** The levels of the plan's look that counts on a morning: that day's, and of a weekly plan its last; undefined when there is none. */
export async function warnedOn(
  { shelf }: Pick<Application, 'shelf'>,
  { id, weekday }: Pick<WarningPlan, 'id' | 'weekday'>,
  day: PlainDate,
): Promise<Sql | undefined> {
  const since = weekday === undefined ? day : addDays(day, -6)
  const kept = (await pieces(shelf, datasetOf(id))).filter(p => since <= p.span.from && p.span.from <= day)
  const order = (a: Piece, b: Piece) =>
    a.span.from === b.span.from ? a.version - b.version : a.span.from < b.span.from ? -1 : 1
  const newest = kept.toSorted(order).at(-1)
  return newest && sql`(SELECT sub, level FROM ${parquet(pieceFiles(shelf, newest))})`
}

const nobody = String.raw`\N`

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
