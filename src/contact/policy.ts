import type { ContactChannel, Words } from './words.ts'

/** Most contacts with one subscriber on 7 and on 30 consecutive days, today included. */
export interface Cap {
  readonly per7DaysMax: number
  readonly per30DaysMax: number
}

/** The hours `[from, to)` in which nobody is contacted, as 21:00 in the carrier's zone; they may span midnight. */
export interface QuietHours {
  readonly from: string
  readonly to: string
}

/** How often and when people may be contacted at all, whatever any rule proposes. */
export interface ContactPolicy {
  readonly zone: string
  readonly caps: Readonly<Record<ContactChannel | 'overall', Cap>>
  readonly quiet: Readonly<Record<ContactChannel, QuietHours>>
  /** States of a line on which a message arrives. */
  readonly reachableStatuses: readonly string[]
  /** Replies that mean: never again. Compared without case, blanks and signs. */
  readonly optOutReplies: readonly string[]
  readonly optOutConfirmation: Words
}

export const standardPolicy: ContactPolicy = {
  zone: 'Asia/Shanghai',
  caps: {
    call: { per7DaysMax: 1, per30DaysMax: 3 },
    sms: { per7DaysMax: 2, per30DaysMax: 5 },
    overall: { per7DaysMax: 3, per30DaysMax: 6 },
  },
  quiet: { call: { from: '20:00', to: '09:00' }, sms: { from: '21:00', to: '08:00' } },
  reachableStatuses: ['active', 'grace', 'suspended'],
  optOutReplies: ['TD', 'T', '退订', '拒收', 'STOP', 'UNSUBSCRIBE'],
  optOutConfirmation: {
    zh: '您已成功退订，我们不再向您发送此类短信。',
    en: 'You have opted out: we send you no more of these messages.',
  },
}

/** When the quiet hours that `at` falls into end; undefined when contact is allowed at `at`. */
export function quietUntil(at: Date, quiet: QuietHours, zone: string): Date | undefined {
  const now = minuteOfDay(at, zone)
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)]
  const isQuiet = from <= to ? now >= from && now < to : now >= from || now < to
  if (!isQuiet) return undefined
  const startOfMinute = Math.floor(at.getTime() / 60_000) * 60_000
  return new Date(startOfMinute + ((to - now + 1440) % 1440) * 60_000)
}

function minuteOfDay(at: Date, zone: string): number {
  return minutes(formatIn(zone).format(at))
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(zone, made)
  return made
}

function minutes(clock: string): number {
  const [hours = '0', mins = '0'] = clock.split(':')
  return Number(hours) * 60 + Number(mins)
}
