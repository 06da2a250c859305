import { offerFor, type Policy, type PolicyRow } from '#policy'
import type { Rule } from '#rules'
import { minutesPerManager, smsPerDayMax, universalShare } from '../night/limits.ts'

/** What contacting those whom a rule selects would take of one day, by channel, and how much of it there is. */
export interface ChannelUse {
  readonly channel: PolicyRow['channel']
  /** Contacts, after those kept aside. */
  readonly contacts: number
  /** Of account managers' time; null for a channel that takes none. */
  readonly minutes: number | null
  readonly minutesMax: number | null
  readonly contactsMax: number | null
}

/** By the policy's answer to the rule's action for each value class; nothing without an action. */
export function capacityOf(
  policy: Policy,
  rule: Rule,
  byClass: ReadonlyMap<string, number>,
  managers: number,
): readonly ChannelUse[] {
  const used = new Map<PolicyRow['channel'], { contacts: number; minutes: number }>()
  const kept = (1 - universalShare) * (1 - rule.controlPercent / 100)
  for (const [name, subscribers] of byClass) {
    const row = rule.action === undefined ? undefined : offerFor(policy, rule.action, classOf(name))
    if (row === undefined) continue
    const use = used.get(row.channel) ?? { contacts: 0, minutes: 0 }
    const contacts = subscribers * kept
    used.set(row.channel, {
      contacts: use.contacts + contacts,
      minutes: use.minutes + contacts * row.minutes,
    })
  }
  return [...used].map(([channel, { contacts, minutes }]) => ({
    channel,
    contacts: Math.round(contacts),
    minutes: channel === 'call' ? Math.round(minutes) : null,
    minutesMax: channel === 'call' ? managers * minutesPerManager : null,
    contactsMax: channel === 'sms' ? smsPerDayMax : null,
  }))
}

function classOf(name: string): 'high' | 'middle' | 'low' {
  return name === 'high' || name === 'middle' ? name : 'low'
}
