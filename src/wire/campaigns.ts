import Type, { type Static } from 'typebox'
import {
  coded,
  count,
  day,
  fault,
  fen,
  list,
  moment,
  nullable,
  pageQuery,
  pageReply,
  person,
  words,
} from './words.ts'

const id = Type.String({ pattern: '^[a-z][a-z0-9_]{1,62}$' })
const said = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 400 }),
  en: Type.String({ minLength: 1, maxLength: 400 }),
})
const date = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const amount = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000, description: 'whole fen' })

/** What somebody plans: whom to approach with what, how, when, within which limits. A test holds it to the module's own shape. */
export const campaignPlan = Type.Object({
  title: said,
  /** A rule by its id, a condition of its own as a file of catalogue/rules has it, or an approved list that is for campaigns. */
  target: Type.Union([
    Type.Object({ rule: id }),
    Type.Object({ condition: Type.Unknown() }),
    Type.Object({ list: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
  ]),
  offer: id,
  purpose: Type.Enum(['selling', 'care']),
  /** In the order in which they are tried. */
  channels: Type.Array(Type.Enum(['call', 'sms']), { minItems: 1, maxItems: 2, uniqueItems: true }),
  smsText: Type.Optional(said),
  script: Type.Optional(id),
  /** From the first day to the day behind the last. */
  period: Type.Object({ from: date, to: date }),
  waves: Type.Optional(
    Type.Array(Type.Object({ from: date, percent: Type.Integer({ minimum: 1, maximum: 100 }) }), {
      minItems: 1,
      maxItems: 12,
    }),
  ),
  budgetFen: amount,
  perDayMax: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  minutes: Type.Integer({ minimum: 0, maximum: 120 }),
  valueFen: amount,
  controlPercent: Type.Integer({ minimum: 0, maximum: 50 }),
  success: Type.Union([
    Type.Object({
      kind: Type.Literal('recharged'),
      withinDays: Type.Integer({ minimum: 1, maximum: 90 }),
      atLeastFen: amount,
    }),
    Type.Object({
      kind: Type.Literal('stayed'),
      withinDays: Type.Integer({ minimum: 1, maximum: 90 }),
    }),
  ]),
  stopAtOptOutPercent: Type.Optional(Type.Number({ minimum: 0.1, maximum: 100 })),
})
export type CampaignPlan = Static<typeof campaignPlan>

const line = {
  id: Type.Integer(),
  title: words,
  state: coded,
  version: Type.Integer(),
  owner: person,
  period: Type.Object({ from: day, to: day }),
  /** The morning whose facts chose the members. */
  launchedDay: nullable(day),
  /** Why it paused by itself. */
  pausedWhy: nullable(words),
  changedAt: moment,
}

export const campaignQuery = Type.Object({
  state: Type.Optional(Type.Enum(['draft', 'waiting', 'ready', 'running', 'paused', 'closed'])),
  ...pageQuery,
})

export const campaignPage = Type.Object({ rows: list(Type.Object(line)), ...pageReply })

const group = Type.Object({ count, successes: count, rate: nullable(Type.Number()) })

const campaignEffect = Type.Object({
  treated: group,
  control: group,
  differencePoints: nullable(Type.Number()),
  lowPoints: nullable(Type.Number()),
  highPoints: nullable(Type.Number()),
  verdict: Type.Enum(['better', 'worse', 'unclear', 'too-little']),
  verdictTitle: words,
  pending: count,
})

/** How a campaign stands, or stood when it ended. */
export const campaignReport = Type.Object({
  asOf: day,
  members: Type.Object({ treated: count, control: count, universal: count }),
  /** Members of each wave. */
  waves: list(count),
  tasks: list(Type.Object({ code: Type.String(), title: words, count })),
  issued: count,
  /** The offer's cost for everybody it was decided to approach. */
  spentFen: fen,
  /** Against the campaign's own control group. */
  effect: nullable(campaignEffect),
  /** All that was done to those it approached, against the universal control group; reports of long ago lack it. */
  universalEffect: Type.Optional(nullable(campaignEffect)),
})
export type CampaignReport = Static<typeof campaignReport>

export const campaign = Type.Object({
  ...line,
  plan: campaignPlan,
  /** null when the offer is gone. */
  offerTitle: nullable(words),
  /** The target as a sentence; null when its rule is gone. */
  sentence: nullable(words),
  /** What may be done with it now. */
  moves: list(coded),
  mayChange: Type.Boolean(),
  report: nullable(campaignReport),
})
export type Campaign = Static<typeof campaign>

export const campaignChoices = Type.Object({
  rules: list(coded),
  offers: list(
    Type.Object({
      code: Type.String(),
      title: words,
      channels: list(Type.Enum(['call', 'sms'])),
      costFen: fen,
      smsText: nullable(words),
    }),
  ),
  scripts: list(coded),
  /** Approved lists for campaigns whose mornings are not over. */
  lists: list(Type.Object({ id: Type.Integer(), title: Type.String(), people: count })),
})
export type CampaignChoices = Static<typeof campaignChoices>

export const campaignDraft = Type.Object({ plan: campaignPlan })
export const campaignChange = Type.Object({
  /** The version that was seen. */
  version: Type.Integer({ minimum: 1 }),
  plan: campaignPlan,
})

/** What a plan would mean: all its faults, or whom it finds and what that costs. */
export const campaignCheck = Type.Object({
  faults: list(fault),
  asOf: nullable(day),
  picture: nullable(
    Type.Object({
      sentence: words,
      /** How many the list names, wherever they are now; null: no list is the target. */
      listed: nullable(count),
      /** In the scope of whoever asks. */
      found: count,
      approached: count,
      aside: count,
      offerFen: fen,
      overBudget: Type.Boolean(),
      /** How many days they take at the rate a day. */
      days: count,
      sms: nullable(
        Type.Object({
          text: Type.String(),
          alphabet: Type.Enum(['gsm-7', 'ucs-2']),
          units: count,
          parts: count,
          costFen: fen,
        }),
      ),
    }),
  ),
})
export type CampaignCheck = Static<typeof campaignCheck>

export const campaignReason = Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) })
export const campaignMove = Type.Object({ move: Type.Enum(['launch', 'pause', 'resume', 'close']) })

/** To whom the message goes that is tried out; whoever asks when left out. */
export const campaignTest = Type.Object({ to: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })) })

/** A message that a member of staff got to try it: word for word what a subscriber would get. */
export const campaignTested = Type.Object({
  to: person,
  /** Masked. */
  number: Type.String(),
  text: Type.String(),
  state: coded,
})

/** What it alone would do this morning; nothing of it is done. */
export const campaignDryRun = Type.Object({
  asOf: day,
  members: count,
  /** Of them those whose turn has come and who were not approached before. */
  due: count,
  outcomes: list(
    Type.Object({
      result: Type.Enum(['act', 'control', 'refused']),
      channel: Type.Enum(['call', 'sms']),
      code: Type.String(),
      title: words,
      count,
    }),
  ),
})
