import { fileReader, type Holder, shownTo, subscribersWithin } from '#governance'
import { isPlainDate } from '#kernel'
import { listTasks, type Task, taskChannels, taskStates } from '#tasks'
import type { Row } from '#warehouse'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { codedOf } from '../view/coded.ts'
import { taskLine } from '../work/show.ts'
import { auditRows, auditTitles } from './audit-rows.ts'
import type { ExportQuery, ExportRow } from './book.ts'
import type { Cell, ExportedRows } from './cell.ts'
import { knownLines, textOf } from './known-lines.ts'
import { listRows, listTitles } from './list-rows.ts'

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
  else if (what === 'list') yield* listRows(application, asker, query.list ?? 0, { reader, language })
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
  list: listTitles,
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
    const known = await knownLines(
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

function subscriberCells(row: Row, { reader, language }: Manner): readonly Cell[] {
  return [
    textOf(row, 'subscriber_id'),
    shownTo(reader, textOf(row, 'number'), 'number'),
    textOf(row, 'customer_id'),
    shownTo(reader, textOf(row, 'customer_name'), 'name'),
    codedOf('subscriber', 'status', String(row['status'])).title[language],
    textOf(row, 'plan_name'),
    textOf(row, 'joined_on'),
  ]
}
