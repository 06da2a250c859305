import { type Holder, shownTo } from '#governance'
import { outcomes, type Task, taskChannels, taskStates } from '#tasks'
import type { Words } from '../view/coded.ts'
import type { Valued } from '../view/valued.ts'

/** A task as a line of a list, personal data masked for whoever holds these permissions for it. */
export function taskLine(task: Task, holder: Holder) {
  return {
    id: task.id,
    day: task.day,
    dueDay: task.dueDay,
    state: { code: task.state, title: taskStates[task.state] },
    level: task.level,
    channel: { code: task.channel, title: taskChannels[task.channel] },
    subscriberId: task.subscriberId,
    number: shownTo(holder, task.number, 'number'),
    customerName: shownTo(holder, task.customerName, 'name'),
    signals: (task.signals as unknown as ShownSignal[]).map(signal => signal.title),
    reason: task.reason,
    offerTitle: task.offer === null ? null : (task.offer as unknown as ShownOffer).title,
    arpuFen: task.arpuFen,
    assignee: task.assignee,
    outcome:
      task.outcome === null
        ? null
        : { code: task.outcome, title: outcomes[task.outcome]?.title ?? plain(task.outcome) },
  }
}

/** An offer as it stood when the task was made. */
export interface ShownOffer {
  readonly id: string
  readonly title: Words
  readonly means: Words
  readonly asksFen: number | null
  readonly bonusFen: number | null
  readonly validFrom: string | null
  readonly validTo: string | null
}

export interface ShownSignal {
  readonly ruleId: string
  readonly title: Words
  readonly sentence: Words
  readonly points: number | null
  readonly values: readonly Valued[]
}

export function plain(code: string): Words {
  return { zh: code, en: code }
}
