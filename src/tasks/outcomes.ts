import { err, type Fault, ok, type Result } from '#kernel'
import {
  leavingReasonNeeded,
  leavingReasonOutOfPlace,
  leavingReasonUnknown,
  outcomeUnknown,
} from './faults.ts'
import type { Words } from './words.ts'

interface OutcomeKind {
  readonly title: Words
  /** Whether the customer was reached. */
  readonly reached: boolean
  /** Whether the customer took what was offered. */
  readonly accepted: boolean
  /** Whether a reason for leaving is recorded with it. */
  readonly leavingReason: 'never' | 'may' | 'must'
  /** The customer asked never to be contacted again. */
  readonly optsOut: boolean
}

function kind(title: Words, more: Partial<Omit<OutcomeKind, 'title'>> = {}): OutcomeKind {
  return { title, reached: false, accepted: false, leavingReason: 'never', optsOut: false, ...more }
}

/** What may come of a contact. Codes are kept for ever; titles may be improved. */
export const outcomes: Readonly<Record<string, OutcomeKind>> = {
  accepted: kind(
    { zh: '接受方案', en: 'took the offer' },
    { reached: true, accepted: true, leavingReason: 'may' },
  ),
  satisfied: kind(
    { zh: '已沟通，无需方案', en: 'talked to, needs nothing' },
    { reached: true, leavingReason: 'may' },
  ),
  thinking: kind({ zh: '考虑中', en: 'thinks about it' }, { reached: true, leavingReason: 'may' }),
  declined: kind({ zh: '拒绝方案', en: 'declined the offer' }, { reached: true, leavingReason: 'must' }),
  leaving: kind(
    { zh: '明确表示离网', en: 'says they are leaving' },
    { reached: true, leavingReason: 'must' },
  ),
  complained: kind({ zh: '提出投诉', en: 'complained' }, { reached: true, leavingReason: 'may' }),
  never_again: kind(
    { zh: '要求不再联系', en: 'asks never to be contacted' },
    { reached: true, leavingReason: 'may', optsOut: true },
  ),
  no_answer: kind({ zh: '无人接听', en: 'no answer' }),
  unreachable: kind({ zh: '关机或无法接通', en: 'switched off or out of reach' }),
  wrong_number: kind({ zh: '号码错误或非本人', en: 'wrong number or person' }),
}

interface LeavingReason {
  readonly title: Words
  readonly origin: keyof typeof reasonOrigins
  /** Whether the carrier can do something about it. */
  readonly controllability: 'controllable' | 'partly' | 'beyond'
  /** How soon the customer is likely to go. */
  readonly urgency: 'now' | 'soon' | 'later'
}

export const reasonOrigins = {
  internal: { zh: '内部原因', en: 'with us' },
  external: { zh: '外部原因', en: 'outside' },
} as const satisfies Record<string, Words>

function because(
  title: Words,
  origin: LeavingReason['origin'],
  controllability: LeavingReason['controllability'],
  urgency: LeavingReason['urgency'],
): LeavingReason {
  return { title, origin, controllability, urgency }
}

/** Why customers leave: origin × controllability × urgency. */
export const leavingReasons: Readonly<Record<string, LeavingReason>> = {
  price: because({ zh: '资费偏高', en: 'too expensive' }, 'internal', 'controllable', 'soon'),
  plan_misfit: because({ zh: '套餐不合适', en: 'the plan does not fit' }, 'internal', 'controllable', 'soon'),
  coverage: because({ zh: '网络覆盖差', en: 'poor coverage' }, 'internal', 'partly', 'soon'),
  quality: because({ zh: '通话或上网质量差', en: 'poor quality' }, 'internal', 'partly', 'soon'),
  billing: because({ zh: '账单争议', en: 'dispute over a bill' }, 'internal', 'controllable', 'now'),
  service: because({ zh: '服务不满意', en: 'unhappy with the service' }, 'internal', 'controllable', 'now'),
  unwanted_messages: because(
    { zh: '营销打扰', en: 'too many messages' },
    'internal',
    'controllable',
    'later',
  ),
  contract_end: because({ zh: '合约到期', en: 'the contract ends' }, 'internal', 'controllable', 'soon'),
  switched_inside: because(
    { zh: '换用本网其他业务或号码', en: 'moved to another service or number of ours' },
    'internal',
    'controllable',
    'later',
  ),
  competitor_price: because({ zh: '他网优惠', en: 'a competitor’s price' }, 'external', 'partly', 'now'),
  competitor_gift: because({ zh: '他网赠机或返费', en: 'a competitor’s gift' }, 'external', 'partly', 'now'),
  circle_moved: because({ zh: '亲友转网', en: 'family and friends moved' }, 'external', 'partly', 'soon'),
  employer: because({ zh: '单位统一换网', en: 'the employer changed carrier' }, 'external', 'beyond', 'now'),
  moved_away: because({ zh: '搬离本地', en: 'moved away' }, 'external', 'beyond', 'now'),
  no_need: because({ zh: '不再需要', en: 'no longer needed' }, 'external', 'beyond', 'later'),
  other: because({ zh: '其他', en: 'other' }, 'external', 'partly', 'later'),
}

export interface RecordedOutcome {
  readonly code: string
  readonly leavingReason?: string | undefined
  readonly note?: string | undefined
}

/** Faults outcome.unknown, leaving-reason.unknown, leaving-reason.needed, leaving-reason.out-of-place. */
export function checkOutcome(recorded: RecordedOutcome): Result<OutcomeKind, Fault> {
  const { code, leavingReason } = recorded
  const outcome = Object.hasOwn(outcomes, code) ? outcomes[code] : undefined
  if (outcome === undefined) return err(outcomeUnknown(code))
  if (leavingReason === undefined) {
    return outcome.leavingReason === 'must' ? err(leavingReasonNeeded(outcome.title)) : ok(outcome)
  }
  if (!Object.hasOwn(leavingReasons, leavingReason)) return err(leavingReasonUnknown(leavingReason))
  return outcome.leavingReason === 'never' ? err(leavingReasonOutOfPlace(outcome.title)) : ok(outcome)
}
