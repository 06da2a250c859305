import type { Fault } from '#kernel'
import type { Column, Feed } from './contract/feed.ts'
import { mappingWrong } from './faults.ts'
import { ColumnFile } from './mapping-schema.ts'
import { factorOf, type SourceUnit } from './units.ts'
import { misfits, type Place, type Placed } from './yaml-place.ts'

/** What a contract column is made from. */
export type Origin =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'sum'; readonly names: readonly string[] }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'delivery'; readonly part: 'from' | 'to' | 'day' | 'month' }
  | { readonly kind: 'row' }

export interface ColumnFrom {
  readonly origin: Origin
  /** The source may lack it (only when the contract's own names are used and the column is nullable). */
  readonly isOptional: boolean
  readonly isTrimmed: boolean
  /** A moment without an offset is UTC; else it is in the carrier's time zone. */
  readonly isUtc: boolean
  readonly format?: string
  readonly unit?: SourceUnit
  readonly nulls?: readonly string[]
  readonly codes?: Readonly<Record<string, string>>
  readonly otherwise?: string
  readonly trueTexts?: readonly string[]
  readonly falseTexts?: readonly string[]
}

const timeFormat = /^([^%]|%[YymdbHIpMSfjz])+$/

/** State feeds may say from which day a row holds. */
const dayOfState: Column = {
  name: 'day',
  type: 'date',
  nullable: false,
  means: { en: 'the day from which the row holds', zh: '该行自何日起有效' },
}

export function mappableColumns(feed: Feed): readonly Column[] {
  return feed.kind === 'state' ? [...feed.columns, dayOfState] : feed.columns
}

export function readColumns(
  feed: Feed,
  said: 'same' | Readonly<Record<string, unknown>>,
  header: readonly string[] | undefined,
  placed: Placed,
  at: Place,
  faults: Fault[],
): ReadonlyMap<string, ColumnFrom> {
  if (said === 'same') return sameColumns(feed)
  const found = new Map<string, ColumnFrom>()
  const columns = mappableColumns(feed)
  for (const name of Object.keys(said)) {
    const here = [...at, name]
    const column = columns.find(c => c.name === name)
    if (column === undefined) {
      faults.push(wrong(placed, here, `is not a column of feed ${feed.id}`, `不是数据源 ${feed.id} 的列`))
      continue
    }
    const from = readColumn(column, said[name], placed, here, faults)
    if (from === undefined) continue
    found.set(name, from)
    faults.push(...notInHeader(from, header, placed, here))
  }
  for (const column of feed.columns) {
    if (column.nullable || column.name in said) continue
    faults.push(
      wrong(placed, [...at, column.name], 'may not be missing and is not mapped', '不可为空，但未映射'),
    )
  }
  return found
}

/** The contract's own names and units; moments are UTC. */
export function sameColumns(feed: Feed): ReadonlyMap<string, ColumnFrom> {
  return new Map(
    feed.columns.map(c => {
      const origin = { kind: 'column', name: c.name } as const
      return [c.name, { origin, isOptional: c.nullable, isTrimmed: false, isUtc: true }]
    }),
  )
}

function readColumn(
  column: Column,
  said: unknown,
  placed: Placed,
  at: Place,
  faults: Fault[],
): ColumnFrom | undefined {
  const plain = { isOptional: false, isTrimmed: false, isUtc: false }
  if (typeof said === 'string') return { origin: { kind: 'column', name: said }, ...plain }
  const bad = misfits(ColumnFile, said, placed, at)
  faults.push(...bad)
  if (bad.length > 0) return undefined
  const file = said as ColumnFile
  const origins = originsOf(file)
  const [origin] = origins
  if (origin === undefined || origins.length > 1) {
    faults.push(
      wrong(
        placed,
        at,
        'needs exactly one of column, sum, constant, delivery, row',
        '必须且只能给出 column、sum、constant、delivery、row 之一',
      ),
    )
    return undefined
  }
  for (const [option, en, zh] of misplacedOptions(column, file))
    faults.push(wrong(placed, [...at, option], en, zh))
  return {
    origin,
    isOptional: false,
    isTrimmed: file.trim ?? false,
    isUtc: file.zone === 'utc',
    ...(file.format === undefined ? {} : { format: file.format }),
    ...(file.unit === undefined ? {} : { unit: file.unit }),
    ...(file.nulls === undefined ? {} : { nulls: file.nulls }),
    ...(file.codes === undefined ? {} : { codes: file.codes }),
    ...(file.otherwise === undefined ? {} : { otherwise: file.otherwise }),
    ...(file.true === undefined ? {} : { trueTexts: file.true }),
    ...(file.false === undefined ? {} : { falseTexts: file.false }),
  }
}

function originsOf(file: ColumnFile): readonly Origin[] {
  const found: Origin[] = []
  if (file.column !== undefined) found.push({ kind: 'column', name: file.column })
  if (file.sum !== undefined) found.push({ kind: 'sum', names: file.sum })
  if (file.constant !== undefined) found.push({ kind: 'constant', text: String(file.constant) })
  if (file.delivery !== undefined) found.push({ kind: 'delivery', part: file.delivery })
  if (file.row !== undefined) found.push({ kind: 'row' })
  return found
}

/** Options that mean nothing for the column's type, and codes that the contract does not know. */
function misplacedOptions(column: Column, file: ColumnFile): [string, string, string][] {
  const found: [string, string, string][] = []
  const only = (option: keyof ColumnFile, legal: boolean) => {
    if (file[option] !== undefined && !legal) {
      found.push([
        option,
        `means nothing for a column of type ${column.type}`,
        `对 ${column.type} 类型的列没有意义`,
      ])
    }
  }
  only('format', column.type === 'date' || column.type === 'moment')
  only('zone', column.type === 'moment')
  only('true', column.type === 'flag')
  only('false', column.type === 'flag')
  only('codes', column.type === 'code' || column.type === 'text')
  only('otherwise', column.type === 'code' || column.type === 'text')
  only('sum', ['integer', 'money', 'number'].includes(column.type))
  if (file.format !== undefined && !timeFormat.test(file.format)) {
    found.push([
      'format',
      'knows only %Y %y %m %d %b %H %I %p %M %S %f %j %z and plain text',
      '只支持 %Y %y %m %d %b %H %I %p %M %S %f %j %z 与普通文字',
    ])
  }
  if (file.unit !== undefined && factorOf(file.unit, column.unit) === undefined) {
    found.push([
      'unit',
      `cannot become the contract's ${column.unit ?? column.type}`,
      `无法换算为约定的单位 ${column.unit ?? column.type}`,
    ])
  }
  const targets = [
    ...Object.values(file.codes ?? {}),
    ...(file.otherwise === undefined ? [] : [file.otherwise]),
  ]
  const strange = column.values === undefined ? [] : targets.filter(t => !(t in (column.values ?? {})))
  if (strange.length > 0)
    found.push(['codes', `name unknown values: ${strange.join(', ')}`, `含未知取值：${strange.join('、')}`])
  return found
}

/** With a list of column names in the mapping, a name that is not in it can be told before any file is opened. */
function notInHeader(
  from: ColumnFrom,
  header: readonly string[] | undefined,
  placed: Placed,
  at: Place,
): Fault[] {
  if (header === undefined) return []
  return sourceNames(from)
    .filter(n => !header.includes(n))
    .map(n => wrong(placed, at, `names ${n}, which is not in the header`, `引用的 ${n} 不在 header 列表中`))
}

export function sourceNames(from: ColumnFrom): readonly string[] {
  if (from.origin.kind === 'column') return [from.origin.name]
  return from.origin.kind === 'sum' ? from.origin.names : []
}

function wrong(placed: Placed, at: Place, en: string, zh: string): Fault {
  return mappingWrong(placed.lineOf(at), at.join('.'), en, zh)
}
