import { daysBetween, type PlainDate } from '#kernel'
import type { WarningLevel } from './plan.ts'

/** How long a warning is watched after its last sign, and how long it may come back as the same. */
export interface LifeSpan {
  /** Days without a sign after which it is closed. */
  readonly closesAfterDays: number
  /** Days after closing within which a new sign opens it again. */
  readonly reopensWithinDays: number
}

/** `raised`: there is a sign and nobody has spoken with the customer. `worked`: somebody has. `eased`: no sign today. */
export type LifeState = 'raised' | 'worked' | 'eased' | 'closed'
type Raised = Exclude<WarningLevel, 'stable'>

/** A warning of one subscriber over days: many signs, one life. */
export interface WarningLife {
  readonly day: PlainDate
  readonly subscriberId: string
  readonly openedOn: PlainDate
  readonly state: LifeState
  /** Of the last day it was raised. */
  readonly level: Raised
  readonly highest: Raised
  /** The last day with a sign. */
  readonly lastOn: PlainDate
  readonly raisedDays: number
  readonly workedOn: PlainDate | null
  /** The last day on which its level rose: it is looked at anew, worked or not. */
  readonly escalatedOn: PlainDate | null
  /** How often it came back after it had been closed. */
  readonly reopened: number
}

/** What a day brings to one subscriber. */
export interface LifeDay {
  readonly day: PlainDate
  readonly subscriberId: string
  /** The level raised on that day; undefined: no sign. */
  readonly level: Raised | undefined
  /** Somebody spoke with the customer since the day before. */
  readonly isWorked: boolean
}

const rank: Readonly<Record<Raised, number>> = { low: 1, medium: 2, high: 3 }

/**
 * The life of a warning after a day: opened, gone on with, escalated, worked, eased, closed or opened again; undefined where
 * there is none. It depends on nothing but what was before and what the day brings.
 */
export function lifeAfter(
  before: WarningLife | undefined,
  today: LifeDay,
  span: LifeSpan,
): WarningLife | undefined {
  if (before === undefined || hasEnded(before)) return opened(before, today, span)
  return today.level === undefined ? quiet(before, today, span) : goneOn(before, today, today.level)
}

function hasEnded({ state }: WarningLife): boolean {
  return state === 'closed'
}

function opened(before: WarningLife | undefined, today: LifeDay, span: LifeSpan): WarningLife | undefined {
  const { day, subscriberId, level } = today
  if (level === undefined) return undefined
  const isBack = before !== undefined && daysBetween(before.day, day) <= span.reopensWithinDays
  if (!isBack) {
    return {
      day,
      subscriberId,
      openedOn: day,
      state: 'raised',
      level,
      highest: level,
      lastOn: day,
      raisedDays: 1,
      workedOn: null,
      escalatedOn: null,
      reopened: 0,
    }
  }
  return {
    ...before,
    day,
    state: 'raised',
    level,
    highest: higher(before.highest, level),
    lastOn: day,
    raisedDays: before.raisedDays + 1,
    workedOn: null,
    escalatedOn: rank[level] > rank[before.highest] ? day : before.escalatedOn,
    reopened: before.reopened + 1,
  }
}

function goneOn(before: WarningLife, { day, isWorked }: LifeDay, level: Raised): WarningLife {
  const hasRisen = rank[level] > rank[before.level]
  const workedOn = isWorked ? day : before.workedOn
  // What was said to the customer was about a lesser risk.
  const isWorkedStill = isWorked || (workedOn !== null && !hasRisen && !isEasedAnew(before))
  return {
    ...before,
    day,
    state: isWorkedStill ? 'worked' : 'raised',
    level,
    highest: higher(before.highest, level),
    lastOn: day,
    raisedDays: before.raisedDays + 1,
    workedOn: isWorkedStill ? workedOn : null,
    escalatedOn: hasRisen ? day : before.escalatedOn,
  }
}

/** A sign after a pause is a new one, whatever was said before the pause. */
function isEasedAnew({ state }: WarningLife): boolean {
  return state === 'eased'
}

function quiet(before: WarningLife, { day, isWorked }: LifeDay, span: LifeSpan): WarningLife {
  const isOver = daysBetween(before.lastOn, day) >= span.closesAfterDays
  return {
    ...before,
    day,
    state: isOver ? 'closed' : 'eased',
    workedOn: isWorked ? day : before.workedOn,
  }
}

function higher(a: Raised, b: Raised): Raised {
  return rank[a] >= rank[b] ? a : b
}
