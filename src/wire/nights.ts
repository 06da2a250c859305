import Type, { type Static } from 'typebox'
import { coded, count, counted, day, fault, level, list, moment, nullable, words } from './words.ts'

export const verdict = Type.Enum(['pass', 'warn', 'hold'])
export type Verdict = Static<typeof verdict>
export const runState = Type.Enum(['waiting', 'running', 'done', 'failed', 'skipped'])
export type RunState = Static<typeof runState>

export const nightRow = Type.Object({
  day,
  state: runState,
  startedAt: nullable(moment),
  seconds: nullable(Type.Number()),
  feedVerdict: nullable(verdict),
  warnings: nullable(count),
  tasks: nullable(count),
  heldRules: count,
})

export const nights = Type.Object({ rows: list(nightRow) })

const step = Type.Object({
  id: Type.String(),
  title: words,
  state: runState,
  startedAt: nullable(moment),
  seconds: nullable(Type.Number()),
  rows: nullable(count),
  /** How far a running step is, where it can say so: `done` of `total` parts. */
  done: nullable(count),
  total: nullable(count),
  fault: nullable(fault),
})

/** One check of one feed: what was asked, what was found. */
export const check = Type.Object({
  id: Type.String(),
  title: words,
  verdict,
  found: words,
})

export const checkedFeed = Type.Object({
  feed: Type.String(),
  title: words,
  verdict,
  rows: nullable(count),
  quarantined: count,
  checks: list(check),
})

/** A rule that made no list that night. `held`: a factor it needs is suspect. `off`: a feed it needs never came. */
export const heldRule = Type.Object({
  ruleId: Type.String(),
  title: words,
  why: Type.Enum(['held', 'off']),
  reason: words,
})

/** A factor that did not pass its checks. `suspect`: what depends on it is held. */
export const suspectFactor = Type.Object({
  id: Type.String(),
  title: words,
  verdict: Type.Enum(['warn', 'suspect']),
  code: Type.String(),
  reason: words,
  /** The factor or feed that it comes from, when not the factor itself. */
  origin: nullable(Type.String()),
})

export const night = Type.Object({
  day,
  state: runState,
  startedAt: nullable(moment),
  finishedAt: nullable(moment),
  seconds: nullable(Type.Number()),
  steps: list(step),
  feeds: list(checkedFeed),
  held: list(heldRule),
  suspects: list(suspectFactor),
  warnings: list(Type.Object({ level, count })),
  proposals: count,
  /** Of the proposals: what was decided and why, `act` telling those that became tasks. */
  decisions: list(Type.Object({ code: Type.String(), title: words, act: Type.Boolean(), count })),
  tasks: list(counted),
  fault: nullable(fault),
})
export type Night = Static<typeof night>

/** The night that was asked to stop. */
export const stoppedNight = Type.Object({ day })

export const feeds = Type.Object({
  feeds: list(
    Type.Object({
      id: Type.String(),
      title: words,
      means: words,
      kind: coded,
      source: Type.Enum(['carrier', 'internal']),
      delivered: Type.Boolean(),
      /** The last data day that was loaded. */
      dataThrough: nullable(day),
      rows: nullable(count),
      quarantined: count,
      verdict: nullable(verdict),
      checks: list(check),
    }),
  ),
})
