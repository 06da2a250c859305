import { type Holder, responsibleFor, shownTo } from '#governance'
import { type LineState, linesOf, listById } from '#lists'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import type { ExportedRows } from './cell.ts'
import { knownLines, textOf } from './known-lines.ts'

const rowsPerRead = 5_000

/** What comes back with these titles is read again as it went out. */
export const listTitles = [
  { zh: '用户标识', en: 'subscriber' },
  { zh: '号码', en: 'number' },
  { zh: '姓名', en: 'name' },
  { zh: '处理意见', en: 'decision' },
  { zh: '原因', en: 'reason' },
] as const

const decisions: Readonly<Record<LineState, Readonly<Record<'zh' | 'en', string>>>> = {
  kept: { zh: '保留', en: 'keep' },
  removed: { zh: '剔除', en: 'remove' },
  added: { zh: '新增', en: 'add' },
}

/** Everybody on a list whom its maker may still see, with room for a decision and a reason. */
export async function* listRows(
  application: Application,
  asker: Asker,
  listId: number,
  { reader, language }: { readonly reader: Holder; readonly language: 'zh' | 'en' },
): AsyncGenerator<ExportedRows> {
  const { db } = application.desk
  const list = await listById(db, asker.scope, listId)
  const asOf = await businessDay(application)
  for (let after = ''; list !== undefined; ) {
    const states = ['kept', 'removed', 'added'] as const
    const some = await linesOf(db, list.id, { states, after, limit: rowsPerRead })
    const ids = some.map(one => one.subscriberId)
    const within = await responsibleFor(db, asker.scope, ids)
    const seen = some.filter(one => within.has(one.subscriberId))
    const known = await knownLines(
      application,
      asOf,
      [...within.values()].map(one => one.sub),
    )
    yield {
      rows: seen.map(({ subscriberId, state, reason }) => {
        const row = known.get(subscriberId)
        return [
          subscriberId,
          shownTo(reader, textOf(row, 'number'), 'number'),
          shownTo(reader, textOf(row, 'customer_name'), 'name'),
          decisions[state][language],
          reason,
        ]
      }),
      subscribers: seen.map(one => one.subscriberId),
    }
    if (some.length < rowsPerRead) return
    after = some.at(-1)?.subscriberId ?? after
  }
}
