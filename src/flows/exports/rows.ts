import { fileReader, type Holder, shownTo, subscribersWithin } from '#governance'
import { feedState } from '#ingest'
import { isPlainDate, type PlainDate } from '#kernel'
import { listTasks, type Task, taskChannels, taskStates } from '#tasks'
import { join, type Row, raw, sql } from '#warehouse'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { codedOf } from '../view/coded.ts'
import { taskLine } from '../work/show.ts'
import { auditRows, auditTitles } from './audit-rows.ts'
import type { ExportQuery, ExportRow } from './book.ts'
import type { Cell, ExportedRows } from './cell.ts'

type Language = 'zh' | 'en'

const rowsPerRead = 1_000
const levels = {
  high: { zh: '高', en: 'high' },
  medium: { zh: '中', en: 'medium' },
  low: { zh: '低', en: 'low' },
  stable: { zh: '平稳', en: 'stable' },
}
const fen = (amount: number | null) => (amount === null ? null : amount / 100)

/** The rows of an export as its maker may see them now, its title line first. */
export async function* exportedRows(
  application: Application,
  asker: Asker,
  wanted: Pick<ExportRow, 'what' | 'query' | 'plain' | 'language'>,
): AsyncGenerator<ExportedRows> {
  const { what, query, plain, language } = wanted
  yield { rows: [titles[what].map(title => title[language])], subscribers: [], isTitle: true }
  const reader = fileReader(plain)
  if (what === 'audit') yield* auditRows(application, asker, query, language)
  else if (what === 'tasks') yield* taskRows(application, asker, query, { reader, language })
  else yield* subscriberRows(application, asker, query, { reader, language })
}

const titles = {
  tasks: [
    { zh: '任务', en: 'task' },
    { zh: '任务日', en: 'day' },
    { zh: '截止', en: 'due' },
    { zh: '状态', en: 'state' },
    { zh: '级别', en: 'level' },
    { zh: '渠道', en: 'channel' },
    { zh: '用户标识', en: 'subscriber' },
    { zh: '号码', en: 'number' },
    { zh: '姓名', en: 'name' },
    { zh: '原因', en: 'reason' },
    { zh: '方案', en: 'offer' },
    { zh: 'ARPU（元）', en: 'ARPU (yuan)' },
    { zh: '负责人', en: 'assignee' },
    { zh: '结果', en: 'outcome' },
  ],
  subscribers: [
    { zh: '用户标识', en: 'subscriber' },
    { zh: '号码', en: 'number' },
    { zh: '客户标识', en: 'customer' },
    { zh: '姓名', en: 'name' },
    { zh: '状态', en: 'status' },
    { zh: '套餐', en: 'plan' },
    { zh: '入网日', en: 'joined on' },
  ],
  audit: auditTitles,
} as const

interface Manner {
  readonly reader: Holder
  readonly language: Language
}

/** The filters of the list as the desk's query takes them. */
export function taskFilters({ state, level, channel, day, q }: ExportQuery) {
  const states = state?.split(',').filter((s): s is Task['state'] => s in taskStates)
  return {
    state: states,
    level,
    channel: channel !== undefined && channel in taskChannels ? (channel as Task['channel']) : undefined,
    day: day !== undefined && isPlainDate(day) ? day : undefined,
    search: q === '' ? undefined : q,
  }
}

/** All pages of the list as it stood at one moment. */
async function* taskRows(
  application: Application,
  asker: Asker,
  query: ExportQuery,
  { reader, language }: Manner,
): AsyncGenerator<ExportedRows> {
  const trx = await application.desk.db.startTransaction().setIsolationLevel('repeatable read').execute()
  try {
    for (let page = 1; ; page++) {
      const asked = { ...taskFilters(query), sort: 'day' as const, page, pageSize: rowsPerRead }
      const { tasks } = await listTasks(trx, asker.scope, asked)
      yield {
        rows: tasks.map(task => taskCells(task, reader, language)),
        subscribers: tasks.map(task => task.subscriberId),
      }
      if (tasks.length < rowsPerRead) return
    }
  } finally {
    await trx.rollback().execute()
  }
}

function taskCells(task: Task, reader: Holder, language: Language): readonly Cell[] {
  const line = taskLine(task, reader)
  return [
    line.id,
    line.day,
    line.dueDay,
    line.state.title[language],
    levels[line.level][language],
    line.channel.title[language],
    line.subscriberId,
    line.number,
    line.customerName,
    line.reason[language],
    line.offerTitle?.[language] ?? null,
    fen(line.arpuFen),
    line.assignee?.name[language] ?? null,
    line.outcome?.title[language] ?? null,
  ]
}

async function* subscriberRows(
  application: Application,
  asker: Asker,
  query: ExportQuery,
  manner: Manner,
): AsyncGenerator<ExportedRows> {
  const asOf = await businessDay(application)
  for (let after = ''; ; ) {
    const held = await subscribersWithin(application.desk.db, asker.scope, {
      beginning: query.q ?? '',
      after,
      limit: rowsPerRead * 5,
    })
    const last = held.at(-1)
    if (last === undefined) return
    const known = await linesOf(
      application,
      asOf,
      held.map(h => h.sub),
    )
    const rows = held.map(h => known.get(h.subscriberId)).filter(row => row !== undefined)
    yield {
      rows: rows.map(row => subscriberCells(row, manner)),
      subscribers: rows.map(row => String(row['subscriber_id'])),
    }
    after = last.subscriberId
  }
}

async function linesOf(
  application: Application,
  asOf: PlainDate,
  subs: readonly number[],
): Promise<ReadonlyMap<string, Row>> {
  const reader = { shelf: application.shelf }
  const [lines, customers, plans] = await Promise.all([
    feedState(reader, 'subscriber', asOf),
    feedState(reader, 'customer', asOf),
    feedState(reader, 'plan', asOf),
  ])
  if (lines === undefined) return new Map()
  const name = customers === undefined ? raw('NULL') : raw('c.name')
  const plan = plans === undefined ? raw('NULL') : raw('p.name')
  const named =
    customers === undefined ? raw('') : sql`LEFT JOIN ${customers} AS c ON c.customer_id = l.customer_id`
  const planned = plans === undefined ? raw('') : sql`LEFT JOIN ${plans} AS p ON p.plan_id = l.plan_id`
  const engine = await application.warehouse()
  const rows = await engine.rows<Row>(
    sql`SELECT l.subscriber_id, l.number, l.customer_id, ${name} AS customer_name, l.status, ${plan} AS plan_name, l.joined_on
      FROM ${lines} AS l ${named} ${planned} WHERE l.sub IN (${join(subs.map(sub => sql`${sub}`))})`,
  )
  return new Map(rows.map(row => [String(row['subscriber_id']), row]))
}

function subscriberCells(row: Row, { reader, language }: Manner): readonly Cell[] {
  return [
    text(row, 'subscriber_id'),
    shownTo(reader, text(row, 'number'), 'number'),
    text(row, 'customer_id'),
    shownTo(reader, text(row, 'customer_name'), 'name'),
    codedOf('subscriber', 'status', String(row['status'])).title[language],
    text(row, 'plan_name'),
    text(row, 'joined_on'),
  ]
}

function text(row: Row, name: string): string | null {
  const value = row[name]
  return value === null || value === undefined ? null : String(value)
}
