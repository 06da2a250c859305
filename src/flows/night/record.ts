import type { Desk, DeskDb } from '#desk'
import type { Fault, PlainDate } from '#kernel'
import { type HeldRule, type NightState, type NightTables, nightTables } from './tables.ts'

export interface NightRow {
  readonly day: PlainDate
  readonly state: NightState
  readonly inputs: string
  readonly held: readonly HeldRule[]
  readonly ruleCounts: Readonly<Record<string, number>>
  readonly subscribers: number | null
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

export interface StepRow {
  readonly id: string
  readonly state: NightState
  readonly rows: number | null
  /** How far a running step is: `done` of `total` parts of it. */
  readonly done: number | null
  readonly total: number | null
  readonly fault: Fault | null
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

/** A new night, or a further try at one that did not finish: the steps of a finished one count for nothing. */
export async function beginNight(desk: Desk, day: PlainDate, at: Date): Promise<void> {
  await desk.db.transaction().execute(async trx => {
    const db = nightTables(trx)
    await db.deleteFrom('night_run').where('day', '=', day).where('state', '=', 'done').execute()
    await db
      .insertInto('night_run')
      .values({
        day,
        state: 'running',
        inputs: '',
        held: '[]',
        rule_counts: '{}',
        subscribers: null,
        started_at: at,
        finished_at: null,
        stop_asked_at: null,
      })
      .onConflict(c =>
        c.column('day').doUpdateSet({ state: 'running', finished_at: null, stop_asked_at: null }),
      )
      .execute()
  })
}

/** Notes what the night reads; when that differs from an earlier try, its finished steps count for nothing. */
export async function noteInputs(
  desk: Desk,
  day: PlainDate,
  inputs: string,
  stayingSteps: readonly string[],
): Promise<void> {
  await desk.db.transaction().execute(async trx => {
    const db = nightTables(trx)
    const before = await db
      .selectFrom('night_run')
      .select('inputs')
      .where('day', '=', day)
      .executeTakeFirstOrThrow()
    if (before.inputs === inputs) return
    await db
      .deleteFrom('night_step')
      .where('day', '=', day)
      .where('id', 'in', [...stayingSteps])
      .execute()
    await db.updateTable('night_run').set({ inputs }).where('day', '=', day).execute()
  })
}

export async function isStepDone(desk: Desk, day: PlainDate, id: string): Promise<boolean> {
  const found = await nightTables(desk.db)
    .selectFrom('night_step')
    .select('state')
    .where('day', '=', day)
    .where('id', '=', id)
    .executeTakeFirst()
  return found?.state === 'done'
}

export async function beginStep(
  desk: Desk,
  day: PlainDate,
  id: string,
  position: number,
  at: Date,
): Promise<void> {
  const row = {
    day,
    id,
    position,
    state: 'running' as const,
    rows: null,
    done: null,
    total: null,
    fault: null,
    started_at: at,
    finished_at: null,
  }
  await nightTables(desk.db)
    .insertInto('night_step')
    .values(row)
    .onConflict(c => c.columns(['day', 'id']).doUpdateSet({ ...row }))
    .execute()
}

export async function endStep(
  db: DeskDb,
  day: PlainDate,
  id: string,
  end: {
    readonly state: 'done' | 'failed'
    readonly rows: number | null
    readonly fault: Fault | null
    readonly at: Date
  },
): Promise<void> {
  await nightTables(db)
    .updateTable('night_step')
    .set({
      state: end.state,
      rows: end.rows,
      done: null,
      total: null,
      fault: end.fault === null ? null : JSON.stringify(end.fault),
      finished_at: end.at,
    })
    .where('day', '=', day)
    .where('id', '=', id)
    .execute()
}

export async function endNight(
  desk: Desk,
  day: PlainDate,
  state: 'done' | 'failed',
  at: Date,
): Promise<void> {
  await nightTables(desk.db)
    .updateTable('night_run')
    .set({ state, finished_at: at })
    .where('day', '=', day)
    .execute()
}

export async function noteRules(
  db: DeskDb,
  day: PlainDate,
  found: {
    readonly held: readonly HeldRule[]
    readonly counts: Readonly<Record<string, number>>
    readonly subscribers: number
  },
): Promise<void> {
  await nightTables(db)
    .updateTable('night_run')
    .set({
      held: JSON.stringify(found.held),
      rule_counts: JSON.stringify(found.counts),
      subscribers: found.subscribers,
    })
    .where('day', '=', day)
    .execute()
}

export async function nightRows(desk: Desk, daysMax: number): Promise<readonly NightRow[]> {
  const rows = await nightTables(desk.db)
    .selectFrom('night_run')
    .selectAll()
    .orderBy('day', 'desc')
    .limit(daysMax)
    .execute()
  return rows.map(nightRow)
}

export async function findNight(desk: Desk, day: PlainDate): Promise<NightRow | undefined> {
  const row = await nightTables(desk.db)
    .selectFrom('night_run')
    .selectAll()
    .where('day', '=', day)
    .executeTakeFirst()
  return row && nightRow(row)
}

/** The as-of day of the last finished night: the day whose lists people work. */
export async function lastNight(desk: Desk): Promise<PlainDate | undefined> {
  const row = await nightTables(desk.db)
    .selectFrom('night_run')
    .select('day')
    .where('state', '=', 'done')
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.day
}

export async function stepRows(desk: Desk, day: PlainDate): Promise<readonly StepRow[]> {
  const rows = await nightTables(desk.db)
    .selectFrom('night_step')
    .selectAll()
    .where('day', '=', day)
    .orderBy('position')
    .execute()
  return rows.map(r => ({
    id: r.id,
    state: r.state,
    rows: r.rows,
    done: r.done,
    total: r.total,
    fault: r.fault as Fault | null,
    startedAt: r.started_at,
    finishedAt: r.finished_at,
  }))
}

function nightRow(row: NightTables['night_run']): NightRow {
  return {
    day: row.day,
    state: row.state,
    inputs: row.inputs,
    held: row.held as readonly HeldRule[],
    ruleCounts: row.rule_counts as Readonly<Record<string, number>>,
    subscribers: row.subscribers,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}
