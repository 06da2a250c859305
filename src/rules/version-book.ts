import { sql } from 'kysely'
import { stringify } from 'yaml'
import { type DeskDb, type KeptVersion, type VersionMade, type VersionMove, versionsIn } from '#desk'
import type { Rule } from './rule.ts'

export type { VersionState } from '#desk'

/** A version of a rule as it is kept: the content is what a file of the catalogue would say. */
export interface RuleVersion extends Omit<KeptVersion, 'id'> {
  readonly ruleId: string
}

const book = versionsIn('rule_version', 'rule_id')

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
  return (await book.list(db, ruleId)).map(({ id, ...kept }) => ({ ruleId: id, ...kept }))
}

/** Keeps a draft in the place of the same version's; false when that version is a draft no more. */
async function keepDraft(db: DeskDb, rule: Rule, made: VersionMade): Promise<boolean> {
  return book.keepDraft(db, written(rule), made)
}

interface Move extends Omit<VersionMove, 'id'> {
  readonly ruleId: string
}

/** Moves a version from one state to another; false when it is not in the first. */
async function move(db: DeskDb, { ruleId, ...rest }: Move): Promise<boolean> {
  return book.move(db, { id: ruleId, ...rest })
}

/** Puts a version that waited into force, in the place of the one that was. */
async function activate(db: DeskDb, { ruleId, version }: Pick<Move, 'ruleId' | 'version'>, at: Date) {
  return book.activate(db, { id: ruleId, version, from: 'waiting' }, at)
}

/** Notes that a version of the catalogue is retired here, whatever the file goes on saying. */
async function retireOfCatalogue(db: DeskDb, rule: Rule, made: VersionMade): Promise<void> {
  await book.retireOfCatalogue(db, written(rule), made)
}

function written(rule: Rule) {
  return { id: rule.id, version: rule.version, content: contentOf(rule) }
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
