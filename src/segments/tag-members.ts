import { type DeskDb, type DeskTransaction, insertRows } from '#desk'
import type { PlainDate } from '#kernel'

/** A line of an imported file that names nobody. */
export interface MemberFault {
  readonly line: number
  readonly column: string | null
  readonly code: string
  readonly zh: string
  readonly en: string
}

/** What a tag was filled with last. */
export interface TagFilling {
  readonly tag: string
  readonly day: PlainDate
  /** From this day on nobody has it any more, unless it is filled again. */
  readonly until: PlainDate
  readonly by: string
  readonly at: Date
  readonly subscribers: number
  readonly faulty: number
}

type Tables = {
  segment_tag_filling: {
    tag_id: string
    day: PlainDate
    until: PlainDate
    made_by: string
    made_at: Date
    subscribers: number
    faulty: number
  }
  segment_tag_member: { tag_id: string; subscriber_id: string }
  segment_tag_fault: {
    tag_id: string
    line: number
    column_name: string | null
    code: string
    zh: string
    en: string
  }
}

interface Filled extends Omit<TagFilling, 'subscribers' | 'faulty'> {
  readonly subscriberIds: readonly string[]
  readonly faults: readonly MemberFault[]
}

/** Whom a file names, in the place of whom the tag named before. */
async function fill(db: DeskTransaction, filled: Filled): Promise<void> {
  const trx = db.withTables<Tables>()
  const { tag, subscriberIds, faults } = filled
  // Members and faults hang on the filling.
  await trx.deleteFrom('segment_tag_filling').where('tag_id', '=', tag).execute()
  await trx
    .insertInto('segment_tag_filling')
    .values({
      tag_id: tag,
      day: filled.day,
      until: filled.until,
      made_by: filled.by,
      made_at: filled.at,
      subscribers: subscriberIds.length,
      faulty: faults.length,
    })
    .execute()
  await insertRows<Tables>(
    trx,
    'segment_tag_member',
    subscriberIds.map(id => ({ tag_id: tag, subscriber_id: id })),
  )
  await insertRows<Tables>(
    trx,
    'segment_tag_fault',
    faults.map(({ column, ...fault }) => ({ tag_id: tag, column_name: column, ...fault })),
  )
}

/** What tags were filled with last. */
async function fillings(db: DeskDb): Promise<ReadonlyMap<string, TagFilling>> {
  const rows = await db.withTables<Tables>().selectFrom('segment_tag_filling').selectAll().execute()
  return new Map(
    rows.map(({ tag_id: tag, day, until, made_by: by, made_at: at, subscribers, faulty }) => {
      return [tag, { tag, day, until, by, at, subscribers, faulty }]
    }),
  )
}

/** A page of those whom a tag names, by subscriber. */
async function page(
  db: DeskDb,
  tag: string,
  { after, rowsMax }: { readonly after: string; readonly rowsMax: number },
): Promise<readonly string[]> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('segment_tag_member')
    .select('subscriber_id')
    .where('tag_id', '=', tag)
    .where('subscriber_id', '>', after)
    .orderBy('subscriber_id')
    .limit(rowsMax)
    .execute()
  return rows.map(row => row.subscriber_id)
}

/** What was wrong with the file, line by line. */
async function faults(db: DeskDb, tag: string): Promise<readonly MemberFault[]> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('segment_tag_fault')
    .select(['line', 'column_name as column', 'code', 'zh', 'en'])
    .where('tag_id', '=', tag)
    .orderBy('line')
    .execute()
  return rows
}

/** Whom imported tags name. */
export const tagMembers = { fill, fillings, page, faults } as const
