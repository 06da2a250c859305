import type { PlainDate } from '#kernel'
import { notValidOn, type Rule, type RuleVersion, ruleFrom, type VersionState, versionBook } from '#rules'
import type { Application } from '../application.ts'
import type { HeldRule } from '../night/tables.ts'
import type { Words } from '../view/coded.ts'
import { freshAskable } from './askable.ts'

/** A version that stands but cannot be read any more: a factor it asks about is gone. */
export interface BrokenRule {
  readonly id: string
  readonly version: number
  readonly title: Words
  readonly owner: string
  readonly reason: Words
}

export interface InForce {
  readonly rules: readonly Rule[]
  readonly broken: readonly BrokenRule[]
}

/**
 * The version of each rule that a night runs: the catalogue's, or the active one of this installation where that is newer.
 * A version that was retired here is none, until a newer one comes.
 */
export async function rulesInForce(application: Application): Promise<InForce> {
  await freshAskable(application)
  return inForceOf(application, await versionBook.list(application.desk.db))
}

/** The same of versions as they stood at some moment. */
export function inForceOf({ catalogue }: Application, kept: readonly RuleVersion[]): InForce {
  const retired = new Set(kept.filter(v => v.state === 'retired').map(keyOf))
  const shipped = catalogue.rules.filter(r => !retired.has(`${r.id} ${r.version}`))
  const active = new Map(kept.filter(v => v.state === 'active').map(v => [v.ruleId, v]))
  const files = shipped.filter(r => r.version > (active.get(r.id)?.version ?? 0))
  const own = [...active.values()].filter(v => !files.some(r => r.id === v.ruleId))
  const read = own.map(version => ({ version, ...ruleFrom(version.content, catalogue.askable) }))
  const byId = new Map(read.flatMap(({ rule }) => (rule === undefined ? [] : [[rule.id, rule] as const])))
  const places = new Set(files.map(r => r.id))
  return {
    rules: [...files, ...[...byId.values()].filter(r => !places.has(r.id))],
    broken: read.flatMap(({ rule, faults, version }) =>
      rule === undefined ? [brokenOf(version, faults[0])] : [],
    ),
  }
}

function keyOf({ ruleId, version }: RuleVersion): string {
  return `${ruleId} ${version}`
}

export function brokenOf(
  { ruleId, version, content }: Pick<RuleVersion, 'ruleId' | 'version' | 'content'>,
  fault: Words | undefined,
): BrokenRule {
  const { title, owner } = content as { readonly title: Words; readonly owner: string }
  const { zh, en } = fault ?? { zh: ruleId, en: ruleId }
  return { id: ruleId, version, title, owner, reason: { zh, en } }
}

/** Which of them are not for a morning, and what cannot be read, each with the reason. */
export function notForDay({ rules, broken }: InForce, day: PlainDate): readonly HeldRule[] {
  return [
    ...broken.map(({ id, reason }): HeldRule => ({ ruleId: id, why: 'off', reason })),
    ...rules.flatMap((rule): HeldRule[] => {
      const fault = notValidOn(rule, day)
      return fault === undefined
        ? []
        : [{ ruleId: rule.id, why: 'off', reason: { zh: fault.zh, en: fault.en } }]
    }),
  ]
}

/** Every rule there is or was, by id: in force where it is, otherwise its newest version. */
export async function rulesKnown(application: Application): Promise<ReadonlyMap<string, KnownRule>> {
  const { desk, catalogue } = application
  await freshAskable(application)
  const known = new Map<string, KnownRule>()
  for (const rule of catalogue.rules) known.set(rule.id, { rule, life: 'retired' })
  // The newest of each comes first, and a draft is none as long as anything else is there.
  for (const kept of (await versionBook.list(desk.db)).toReversed()) {
    const { rule } = ruleFrom(kept.content, catalogue.askable)
    const isOpen = kept.state === 'draft' || kept.state === 'waiting'
    if (rule !== undefined && !(isOpen && known.has(kept.ruleId)))
      known.set(kept.ruleId, { rule, life: kept.state })
  }
  for (const rule of (await rulesInForce(application)).rules) known.set(rule.id, { rule, life: 'active' })
  return known
}

export interface KnownRule {
  readonly rule: Rule
  readonly life: VersionState
}
