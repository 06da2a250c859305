import Type, { type Static } from 'typebox'
import { warningLife } from './warnings.ts'
import {
  coded,
  count,
  day,
  factorType,
  factorValue,
  fen,
  level,
  list,
  moment,
  nullable,
  pageQuery,
  pageReply,
  valuedFactor,
  words,
} from './words.ts'

const text = Type.String()

export const subscriberQuery = Type.Object({
  q: Type.String({ minLength: 1, maxLength: 80 }),
  ...pageQuery,
})

const plan = Type.Object({ id: text, name: text, monthlyFeeFen: fen })

export const foundSubscriber = Type.Object({
  id: text,
  number: nullable(text),
  customerName: nullable(text),
  status: coded,
  planName: nullable(text),
  level: nullable(level),
  openTaskId: nullable(text),
})

export const subscriberPage = Type.Object({ asOf: nullable(day), rows: list(foundSubscriber), ...pageReply })

const basics = Type.Object({
  id: text,
  number: nullable(text),
  customerId: nullable(text),
  customerName: nullable(text),
  customerKind: nullable(coded),
  documentId: nullable(text),
  birthday: nullable(text),
  sex: nullable(coded),
  joinedOn: day,
  activatedOn: nullable(day),
  monthsOnNetwork: Type.Integer(),
  status: coded,
  statusSince: day,
  payment: coded,
  brand: nullable(text),
  plan: nullable(plan),
  unit: nullable(words),
  managerName: nullable(words),
  agentId: nullable(text),
  forwardTo: nullable(text),
  forwardOffNet: nullable(Type.Boolean()),
  optedOut: nullable(Type.Boolean()),
  device: nullable(
    Type.Object({
      brand: nullable(text),
      model: nullable(text),
      dualSim: nullable(Type.Boolean()),
      generation: nullable(Type.Integer()),
      since: day,
    }),
  ),
})

const monthRow = Type.Object({
  month: day,
  revenueFen: nullable(fen),
  minutes: nullable(Type.Number()),
  dataKib: nullable(Type.Integer()),
  smsCount: nullable(count),
  rechargeFen: nullable(fen),
  activeDays: nullable(count),
})

const dayRow = Type.Object({
  day,
  voiceOutS: nullable(Type.Integer()),
  voiceInS: nullable(Type.Integer()),
  smsCount: nullable(count),
  dataKib: nullable(Type.Integer()),
  feeFen: nullable(fen),
  balanceFen: nullable(fen),
})

const bill = Type.Object({
  month: day,
  totalFen: fen,
  parts: list(Type.Object({ code: text, title: words, amountFen: fen })),
})

const recharge = Type.Object({ id: text, at: moment, amountFen: fen, way: nullable(coded) })
const order = Type.Object({
  id: text,
  title: text,
  kind: coded,
  orderedOn: day,
  cancelledOn: nullable(day),
})
const contract = Type.Object({
  id: text,
  kind: coded,
  startsOn: day,
  endsOn: day,
  floorFen: fen,
  endedEarlyOn: nullable(day),
})
const serviceContact = Type.Object({
  id: text,
  at: moment,
  kind: coded,
  topic: nullable(text),
  closedOn: nullable(day),
  satisfied: nullable(Type.Boolean()),
})
const serviceFault = Type.Object({ id: text, kind: coded, reportedOn: day, repairedOn: nullable(day) })
const visit = Type.Object({ id: text, visitedOn: day, way: coded, reached: Type.Boolean() })
const contact = Type.Object({
  id: text,
  at: moment,
  channel: coded,
  state: coded,
  outcome: nullable(coded),
  taskId: nullable(text),
})
const warning = Type.Object({ raisedOn: day, plan: coded, level, reason: words })
const subjectFactors = Type.Object({ subject: coded, factors: list(valuedFactor) })

export const historyQuery = Type.Object({ from: Type.Optional(day), to: Type.Optional(day) })

/** One factor of one subscriber on the mornings `[from, to)`, oldest first; a morning without a point lies in a gap. */
export const factorHistory = Type.Object({
  id: text,
  title: words,
  type: factorType,
  unit: nullable(text),
  from: day,
  to: day,
  points: list(Type.Object({ day, value: factorValue, valueTitle: nullable(words) })),
  gaps: list(Type.Object({ from: day, to: day, why: coded })),
})
export type FactorHistory = Static<typeof factorHistory>

/** Everything known about one subscriber on the as-of day. Lists are newest first, `months` and `days` oldest first. */
export const subscriber = Type.Object({
  asOf: day,
  basics,
  balanceFen: nullable(fen),
  months: list(monthRow),
  days: list(dayRow),
  bills: list(bill),
  recharges: list(recharge),
  orders: list(order),
  contracts: list(contract),
  serviceContacts: list(serviceContact),
  faults: list(serviceFault),
  visits: list(visit),
  contacts: list(contact),
  warnings: list(warning),
  /** How its warning of each plan stands. */
  warningLives: list(Type.Object(warningLife)),
  /** Where it stands on the map of customers, and by which answers of the tree; null before the first map. */
  standing: nullable(
    Type.Object({
      value: nullable(coded),
      stage: nullable(coded),
      brand: nullable(text),
      tags: list(Type.Object({ id: text, title: words, group: coded })),
      answers: list(Type.Object({ asks: words, sentence: words, held: Type.Boolean() })),
    }),
  ),
  factors: list(subjectFactors),
  /** Feeds that were never delivered: an empty list above may only mean that nobody told us. */
  missingFeeds: list(coded),
})
export type Subscriber = Static<typeof subscriber>
