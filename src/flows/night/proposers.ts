import { type DeskDb, insertRows } from '#desk'
import type { PlainDate } from '#kernel'
import type { BoundCondition } from '#rules'
import type { Words } from '../view/coded.ts'
import type { Proposer } from './propose.ts'
import { nightTables } from './tables.ts'

/** Keeps who proposed on a morning, in the place of what was kept of it before. */
export async function keepProposers(
  db: DeskDb,
  day: PlainDate,
  proposers: readonly Proposer[],
): Promise<void> {
  await nightTables(db).deleteFrom('night_proposer').where('day', '=', day).execute()
  await insertRows(
    db,
    'night_proposer',
    proposers.map(({ id, title, condition }) => ({ day, source: id, title, condition })),
  )
}

/** What must hold for a proposal to go out, by `day source`: null when nothing must. */
export async function conditionsThen(
  db: DeskDb,
  days: readonly PlainDate[],
): Promise<ReadonlyMap<string, BoundCondition | null>> {
  if (days.length === 0) return new Map()
  const rows = await nightTables(db)
    .selectFrom('night_proposer')
    .select(['day', 'source', 'condition'])
    .where('day', 'in', [...days])
    .execute()
  return new Map(rows.map(r => [`${r.day} ${r.source}`, r.condition]))
}

/** What each source was called when it last proposed. */
export async function proposerTitles(db: DeskDb): Promise<ReadonlyMap<string, Words>> {
  const rows = await nightTables(db)
    .selectFrom('night_proposer')
    .distinctOn('source')
    .select(['source', 'title'])
    .orderBy('source')
    .orderBy('day', 'desc')
    .execute()
  return new Map(rows.map(r => [r.source, r.title]))
}
