import { type DeskDb, insertRows } from '#desk'
import { digest, type PlainDate } from '#kernel'
import { contentOf, type Rule, type RuleVersion, ruleFrom, versionBook } from '#rules'
import type { Application } from '../application.ts'
import { findNight } from '../night/record.ts'
import { nightTables } from '../night/tables.ts'
import { freshAskable } from './askable.ts'
import { brokenOf, type InForce, inForceOf } from './in-force.ts'

/** Keeps the rules that a night had in force as they were, in the place of what was kept of that morning before. */
export async function keepRulesThen(db: DeskDb, day: PlainDate, rules: readonly Rule[]): Promise<void> {
  const kept = rules.map(rule => {
    // Tests may name subscribers, and nothing of a past morning asks them.
    const content = JSON.stringify({ ...contentOf(rule), tests: undefined })
    return { rule, content, digest: digest(content) }
  })
  await db.transaction().execute(async trx => {
    const tables = nightTables(trx)
    if (kept.length > 0)
      await tables
        .insertInto('night_rule_content')
        .values(kept.map(({ digest: of, content }) => ({ digest: of, content })))
        .onConflict(conflict => conflict.doNothing())
        .execute()
    await tables.deleteFrom('night_rule').where('day', '=', day).execute()
    await insertRows(
      trx,
      'night_rule',
      kept.map(({ rule, digest: of }) => ({ day, rule_id: rule.id, version: rule.version, digest: of })),
    )
  })
}

/**
 * The rules as they were in force on a morning: as its night kept them; of a night of before that was kept, by when versions were
 * put into force and retired, and for the catalogue by what its files say now.
 */
export async function rulesOn(application: Application, day: PlainDate): Promise<InForce> {
  const { desk, catalogue } = application
  await freshAskable(application)
  const rows = await nightTables(desk.db)
    .selectFrom('night_rule')
    .innerJoin('night_rule_content as c', 'c.digest', 'night_rule.digest')
    .select(['rule_id', 'version', 'content'])
    .where('day', '=', day)
    .orderBy('rule_id')
    .execute()
  if (rows.length === 0) return versionsOn(application, day)
  const read = rows.map(row => ({ row, ...ruleFrom(row.content, catalogue.askable) }))
  return {
    rules: read.flatMap(({ rule }) => rule ?? []),
    broken: read.flatMap(({ row, rule, faults }) =>
      rule === undefined
        ? [brokenOf({ ruleId: row.rule_id, version: row.version, content: row.content }, faults[0])]
        : [],
    ),
  }
}

async function versionsOn(application: Application, day: PlainDate): Promise<InForce> {
  const night = await findNight(application.desk, day)
  const kept = await versionBook.list(application.desk.db)
  return inForceOf(application, night === undefined ? kept : kept.map(v => stateAt(v, night.startedAt)))
}

/** A version as it stood at a moment. */
function stateAt(version: RuleVersion, at: Date): RuleVersion {
  const { origin, activatedAt, retiredAt } = version
  if (retiredAt !== null && retiredAt <= at) return { ...version, state: 'retired' }
  if (origin === 'catalogue') return { ...version, state: 'draft' }
  return { ...version, state: activatedAt !== null && activatedAt <= at ? 'active' : 'draft' }
}
