import { responsibleFor } from '#governance'
import { feedState } from '#ingest'
import { type Fault, FaultError, type PlainDate, type RowScope } from '#kernel'
import { type LineFault, listFaults, type Meaning, meaningsOf, type NamedLine } from '#lists'
import { type KeptFile, openSheet, type SheetLine } from '#sheets'
import { join, sql } from '#warehouse'
import type { Application } from '../application.ts'

const linesMax = 100_000
const linesPerLook = 5_000

interface Read {
  readonly named: readonly NamedLine[]
  readonly faulty: readonly LineFault[]
}

/** A line as it was read: by which key it names somebody. */
interface Keyed extends Omit<NamedLine, 'subscriberId'> {
  readonly key: string
  readonly by: 'subscriber' | 'number'
}

/**
 * Whom a file names, line by line, of those within the scope: somebody else's subscriber is the same as none. A number means
 * whoever has it on that day. Faults file.*, list.columns-missing, list.column-twice, list.too-long.
 */
export async function namedIn(
  application: Application,
  { file, scope, asOf }: { readonly file: KeptFile; readonly scope: RowScope; readonly asOf: PlainDate },
): Promise<Read> {
  const sheet = await openSheet(file)
  const meanings = meaningsOf(sheet.columns)
  if (!('get' in meanings)) throw new FaultError(meanings)
  const [named, faulty, waiting]: [NamedLine[], LineFault[], Keyed[]] = [[], [], []]
  const look = async () => {
    const found = await whoIsMeant(application, waiting.splice(0), { scope, asOf })
    named.push(...found.named)
    faulty.push(...found.faulty)
  }
  let lines = 0
  for await (const read of sheet.lines()) {
    lines++
    if (lines > linesMax) throw new FaultError(listFaults.tooLong(linesMax))
    if ('broken' in read) faulty.push({ line: read.line, column: null, fault: read.broken })
    else {
      const keyed = keyedBy(read, meanings)
      if ('fault' in keyed) faulty.push(keyed)
      else waiting.push(keyed)
    }
    if (waiting.length === linesPerLook) await look()
  }
  await look()
  return { named: named.toSorted(byLine), faulty: faulty.toSorted(byLine) }
}

function byLine(a: { readonly line: number }, b: { readonly line: number }): number {
  return a.line - b.line
}

function keyedBy(read: SheetLine, meanings: ReadonlyMap<Meaning, string>): Keyed | LineFault {
  const { line, cells, doubts } = read
  const column = (meaning: Meaning) => meanings.get(meaning) ?? ''
  // Exports begin what a spreadsheet would take for a formula with an apostrophe.
  const cell = (meaning: Meaning) => (cells[column(meaning)] ?? '').trim().replace(/^'/, '')
  const by = cell('subscriber') === '' ? 'number' : 'subscriber'
  const wrong = (of: Meaning, fault: Fault): LineFault => ({ line, column: of, fault })
  for (const meaning of [by, 'decision', 'reason'] as const) {
    const doubt = doubts.find(one => one.column === column(meaning))
    if (doubt !== undefined) return wrong(meaning, doubt.fault)
    if (/^[=+@]/.test(cell(meaning)) && !/^\+?[\d\s-]+$/.test(cell(meaning)))
      return wrong(meaning, listFaults.formula())
  }
  const key = by === 'number' ? plainNumber(cell('number')) : cell('subscriber')
  if (key === '') return wrong(by, listFaults.keyMissing())
  const isKey = by === 'number' ? /^\d{5,20}$/.test(key) : /^[\w.:-]{1,80}$/.test(key)
  if (!isKey) return wrong(by, listFaults.keyMalformed())
  return { line, key, by, decision: cell('decision'), reason: cell('reason').slice(0, 200) }
}

/** +86 138-0013-8000 is 13800138000. */
function plainNumber(text: string): string {
  return text.replaceAll(/[\s-]/g, '').replace(/^(\+86|0086)(?=1\d{10}$)/, '')
}

async function whoIsMeant(
  application: Application,
  lines: readonly Keyed[],
  { scope, asOf }: { readonly scope: RowScope; readonly asOf: PlainDate },
): Promise<Read> {
  const numbers = lines.filter(one => one.by === 'number').map(one => one.key)
  const holders = await holdersOf(application, numbers, asOf)
  const idOf = ({ by, key }: Keyed) => (by === 'number' ? holders.get(key) : key)
  const ids = lines.flatMap(one => idOf(one) ?? [])
  const within = await responsibleFor(application.desk.db, scope, ids)
  const [named, faulty]: [NamedLine[], LineFault[]] = [[], []]
  for (const one of lines) {
    const subscriberId = idOf(one)
    const { line, decision, reason, by } = one
    if (subscriberId !== undefined && within.has(subscriberId))
      named.push({ line, subscriberId, decision, reason })
    else faulty.push({ line, column: by, fault: listFaults.notFound() })
  }
  return { named, faulty }
}

/** Who has each number on a day; a number that was issued again is its new subscriber's. */
async function holdersOf(
  application: Application,
  numbers: readonly string[],
  asOf: PlainDate,
): Promise<ReadonlyMap<string, string>> {
  const lines = await feedState({ shelf: application.shelf }, 'subscriber', asOf)
  if (lines === undefined || numbers.length === 0) return new Map()
  const engine = await application.warehouse()
  const rows = await engine.rows<{ number: string; id: string }>(
    sql`SELECT l.number AS "number", l.subscriber_id AS "id" FROM ${lines} AS l
      WHERE l.number IN (${join([...new Set(numbers)].map(number => sql`${number}`))}) ORDER BY l.joined_on, l.sub`,
  )
  return new Map(rows.map(row => [row.number, row.id]))
}
