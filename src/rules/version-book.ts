import { type ColumnType, sql } from 'kysely'
import { stringify } from 'yaml'
import type { DeskDb } from '#desk'
import type { Rule } from './rule.ts'

export type VersionState = 'draft' | 'waiting' | 'active' | 'retired'

/** A version of a rule as it is kept: the content is what a file of the catalogue would say. */
export interface RuleVersion {
  readonly ruleId: string
  readonly version: number
  readonly content: unknown
  readonly state: VersionState
  readonly origin: 'catalogue' | 'console'
  readonly madeBy: string
  readonly madeAt: Date
  readonly activatedAt: Date | null
  readonly retiredAt: Date | null
}

type Tables = {
  rule_version: {
    rule_id: string
    version: number
    content: ColumnType<unknown, string, string>
    state: VersionState
    origin: RuleVersion['origin']
    made_by: string
    made_at: Date
    activated_at: Date | null
    retired_at: Date | null
  }
}
const tables = (db: DeskDb) => db.withTables<Tables>()

/** What a file of the catalogue would say of a rule. */
export function contentOf(rule: Rule): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(rule).filter(([name]) => name !== 'uses'))
}

/** Rules as a file of catalogue/rules. */
export function rulesAsYaml(rules: readonly Rule[]): string {
  return stringify(rules.map(contentOf), { lineWidth: 120 })
}

/** Every version that is kept, of one rule or all, the newest of each first. */
async function list(db: DeskDb, ruleId?: string): Promise<readonly RuleVersion[]> {
  const rows = await tables(db)
    .selectFrom('rule_version')
    .selectAll()
    .$if(ruleId !== undefined, found => found.where('rule_id', '=', ruleId ?? ''))
    .orderBy('rule_id')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(row => ({
    ruleId: row.rule_id,
    version: row.version,
    content: row.content,
    state: row.state,
    origin: row.origin,
    madeBy: row.made_by,
    madeAt: row.made_at,
    activatedAt: row.activated_at,
    retiredAt: row.retired_at,
  }))
}

interface Made {
  readonly by: string
  readonly at: Date
}

/** Keeps a draft in the place of the same version's; false when that version is a draft no more. */
async function keepDraft(db: DeskDb, rule: Rule, { by, at }: Made): Promise<boolean> {
  const content = JSON.stringify(contentOf(rule))
  const kept = await tables(db)
    .insertInto('rule_version')
    .values({
      rule_id: rule.id,
      version: rule.version,
      content,
      state: 'draft',
      origin: 'console',
      made_by: by,
      made_at: at,
      activated_at: null,
      retired_at: null,
    })
    .onConflict(conflict =>
      conflict
        .columns(['rule_id', 'version'])
        .doUpdateSet({ content, made_by: by, made_at: at })
        .where('rule_version.state', '=', 'draft'),
    )
    .returning('version')
    .executeTakeFirst()
  return kept !== undefined
}

interface Move {
  readonly ruleId: string
  readonly version: number
  readonly from: VersionState
  readonly to: VersionState
  readonly at: Date
}

/** Moves a version from one state to another; false when it is not in the first. */
async function move(db: DeskDb, { ruleId, version, from, to, at }: Move): Promise<boolean> {
  const moved = await tables(db)
    .updateTable('rule_version')
    .set({
      state: to,
      ...(to === 'active' ? { activated_at: at } : {}),
      ...(to === 'retired' ? { retired_at: at } : {}),
    })
    .where('rule_id', '=', ruleId)
    .where('version', '=', version)
    .where('state', '=', from)
    .returning('version')
    .executeTakeFirst()
  return moved !== undefined
}

/** Puts a version that waited into force, in the place of the one that was. */
async function activate(db: DeskDb, { ruleId, version }: Pick<Move, 'ruleId' | 'version'>, at: Date) {
  await tables(db)
    .updateTable('rule_version')
    .set({ state: 'retired', retired_at: at })
    .where('rule_id', '=', ruleId)
    .where('state', '=', 'active')
    .execute()
  return move(db, { ruleId, version, from: 'waiting', to: 'active', at })
}

/** Notes that a version of the catalogue is retired here, whatever the file goes on saying. */
async function retireOfCatalogue(db: DeskDb, rule: Rule, { by, at }: Made): Promise<void> {
  await tables(db)
    .insertInto('rule_version')
    .values({
      rule_id: rule.id,
      version: rule.version,
      content: JSON.stringify(contentOf(rule)),
      state: 'retired',
      origin: 'catalogue',
      made_by: by,
      made_at: at,
      activated_at: null,
      retired_at: at,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Versions whose tests name any of these subscribers, with those tests alone. */
async function naming(db: DeskDb, subscriberIds: readonly string[]) {
  const { rows } = await sql<{ rule_id: string; version: number; test: unknown }>`
    select rule_id, version, each.test from rule_version,
      jsonb_array_elements(coalesce(content -> 'tests', '[]')) as each (test)
    where each.test ->> 'subscriber' = any(${[...subscriberIds]}::text[]) order by rule_id, version`.execute(
    db,
  )
  return rows
}

/** Takes the tests that name these subscribers out of every version, whatever its state; answers how many versions had one. */
async function forget(db: DeskDb, subscriberIds: readonly string[]): Promise<number> {
  const ids = sql`${[...subscriberIds]}::text[]`
  const changed = await sql`
    update rule_version set content = jsonb_set(content, '{tests}', coalesce((
      select jsonb_agg(each.test order by each.nth)
      from jsonb_array_elements(content -> 'tests') with ordinality as each (test, nth)
      where (each.test ->> 'subscriber' = any(${ids})) is not true), '[]'))
    where exists (
      select 1 from jsonb_array_elements(coalesce(content -> 'tests', '[]')) as each (test)
      where each.test ->> 'subscriber' = any(${ids}))`.execute(db)
  return Number(changed.numAffectedRows ?? 0)
}

/** The versions of rules that this installation keeps itself. */
export const versionBook = { list, keepDraft, move, activate, retireOfCatalogue, naming, forget } as const
