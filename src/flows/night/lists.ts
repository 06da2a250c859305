import { allocate, type Decision, type Limits } from '#allocate'
import { dealingsBy, standardPolicy } from '#contact'
import { listStaff } from '#governance'
import { addDays, type PlainDate } from '#kernel'
import { type DecidedProposal, expireTasks, replaceDay, subscribersInHand } from '#tasks'
import { type Warning, warningRulesOn, warningsOn } from '#warnings'
import type { Application } from '../application.ts'
import { draftOf } from './draft.ts'
import { type Morning, morningOf } from './morning.ts'
import { type Proposed, proposalsFor, standingOf } from './propose.ts'
import { sellingHeldBy, suspectFactors } from './quality.ts'
import type { Work } from './work.ts'

/** Minutes of an account manager's day that go to lists; the rest is the customers'. */
const minutesPerManager = 360
const smsPerDayMax = 20_000
const warningsPerPage = 20_000
/** Decides who is kept aside. Never changed while effects are measured. */
const controlSalt = 'weiwan control groups 1'

/** Warnings become proposals; the allocator answers each; what is to be done becomes the day's tasks. One transaction. */
export async function listsStep({ application, day }: Work): Promise<number> {
  const { desk, clock, catalogue } = application
  const rules = await warningRulesOn(desk.db, day)
  const isHeld = sellingHeldBy(await suspectFactors(application, day), application) !== undefined
  const warnings = await allWarnings(application, day)
  const ids = warnings.map(w => w.subscriberId)
  const [mornings, dealings, staff] = await Promise.all([
    morningOf(application, day, ids),
    dealingsBy(desk.db, addDays(day, -1), ids),
    listStaff(desk.db),
  ])
  return desk.db.transaction().execute(async trx => {
    await expireTasks(trx, day, clock.now())
    const inHand = await subscribersInHand(trx, day)
    const proposed = warnings.flatMap(w => {
      const morning = mornings.get(w.subscriberId)
      const all = morning === undefined ? [] : proposalsFor(w, rules, morning, catalogue, day)
      return isHeld ? all.filter(p => p.proposal.purpose !== 'selling') : all
    })
    const standings = new Map(
      [...mornings].map(([id, m]) => [id, standingOf(m, dealings.get(id) ?? noDealings, inHand.has(id))]),
    )
    const managers = staff.filter(s => s.roles.includes('account_manager')).map(s => s.id)
    const { decisions } = allocate({
      day,
      proposals: proposed.map(p => p.proposal),
      standings,
      limits: limitsFor(managers),
      shares: sharesOf(application),
    })
    const byKey = new Map(proposed.map(p => [keyOf(p.proposal), p]))
    const tasks = decisions.flatMap(d => {
      const made = byKey.get(keyOf(d.proposal))
      const morning = mornings.get(d.proposal.subscriberId)
      return d.result !== 'act' || made === undefined || morning === undefined
        ? []
        : [draftOf(made, d, morning, { rules, catalogue, day })]
    })
    const replaced = await replaceDay(trx, {
      day,
      tasks,
      decisions: decisions.map(d => decided(d, mornings.get(d.proposal.subscriberId))),
      at: clock.now(),
    })
    return replaced.made + replaced.kept
  })
}

const noDealings = { optedOut: [], contacts7: { call: 0, sms: 0 }, contacts30: { call: 0, sms: 0 } } as const

async function allWarnings(application: Application, day: PlainDate): Promise<readonly Warning[]> {
  const all: Warning[] = []
  for (;;) {
    const after = all.at(-1)?.subscriberId
    const page = await warningsOn(application.desk.db, day, {
      ...(after === undefined ? {} : { after }),
      rowsMax: warningsPerPage,
    })
    all.push(...page)
    if (page.length < warningsPerPage) return all
  }
}

function limitsFor(managers: readonly string[]): Limits {
  return {
    minutesOf: new Map(managers.map(id => [id, minutesPerManager])),
    channelMax: { sms: smsPerDayMax },
    caps: standardPolicy.caps,
  }
}

/** Universal 2 % of the base; of each rule the share that its owner set. */
function sharesOf({ catalogue }: Application) {
  const byRule = Object.fromEntries(catalogue.rules.map(r => [r.id, r.controlPercent / 100]))
  return { salt: controlSalt, universal: 0.02, perRule: 0.1, byRule }
}

function keyOf(p: Proposed['proposal']): string {
  return `${p.subscriberId} ${p.source} ${p.channel} ${p.offerId}`
}

function decided(decision: Decision, morning: Morning | undefined): DecidedProposal {
  const { subscriberId, source, channel, offerId, valueFen } = decision.proposal
  return {
    subscriberId,
    ruleId: source,
    channel,
    offerId,
    result: decision.result,
    control: decision.control,
    reason: decision.reason,
    valueFen,
    managerId: morning?.managerId ?? null,
    nodePath: morning?.nodePath ?? '/',
  }
}
