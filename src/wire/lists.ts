import Type from 'typebox'
import { coded, count, day, fault, list, moment, nullable, pageQuery, pageReply, words } from './words.ts'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })

/** What is to be done with a list: an action of the policy, for so many mornings, some kept aside to compare with. */
const wanted = {
  title: text(80),
  /** Read by whoever works a task of the list. */
  reason: text(200),
  action: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 40,
      description: 'left out: the list is for a campaign and makes no tasks by itself',
    }),
  ),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })),
  controlPercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 50 })),
}

export const listImportQuery = Type.Object(wanted)
export const listFromRuleBody = Type.Object({ ...wanted, rule: Type.String({ minLength: 1, maxLength: 80 }) })
export const listQuery = Type.Object({ ...pageQuery })

const listRow = {
  id: Type.Integer(),
  title: Type.String(),
  reason: Type.String(),
  /** null: for a campaign, which says what is done; it makes no tasks by itself. */
  action: nullable(Type.String()),
  days: count,
  controlPercent: count,
  rule: nullable(coded),
  ruleDay: nullable(day),
  maker: Type.Object({ id: Type.String(), name: words }),
  state: coded,
  approvalId: nullable(Type.Integer()),
  /** The first morning that works it. */
  firstDay: nullable(day),
  madeAt: moment,
  counts: Type.Object({ kept: count, added: count, removed: count, faulty: count }),
}

export const lists = Type.Object({
  rows: list(Type.Object(listRow)),
  actions: list(coded),
  rules: list(coded),
  ...pageReply,
})

const faulty = list(Type.Object({ line: count, column: nullable(Type.String()), fault }))

/** The first of what people changed and of what was wrong with the file. */
export const listShown = Type.Object({
  ...listRow,
  differences: list(Type.Object({ subscriberId: Type.String(), state: coded, reason: Type.String() })),
  faulty,
})

/** What a file came to: a list, or (null) only faults. */
export const listReport = Type.Object({ list: nullable(listShown), faultyLines: count, faulty })
