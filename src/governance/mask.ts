import { can, type Holder, type Permission } from './roles.ts'

interface PersonalField {
  readonly zh: string
  readonly en: string
  /** Who holds it sees the value. */
  readonly permission: Permission
  /** Enough to recognise, not enough to reach or identify. */
  readonly masked: (value: string) => string
}

/** Every field that is masked, how, and for whom it is not. What shows such a field asks `shownTo`. */
export const personalFields = {
  number: { zh: '号码', en: 'phone number', permission: 'number.plain', masked: value => keepEnds(value, 3) },
  name: { zh: '姓名', en: 'name', permission: 'name.plain', masked: value => keepFirst(value, 1) },
  document: {
    zh: '证件号',
    en: 'document id',
    permission: 'document.plain',
    masked: value => keepEnds(value, 4),
  },
  address: { zh: '地址', en: 'address', permission: 'address.plain', masked: value => keepFirst(value, 6) },
  counterparty: {
    zh: '对端号码',
    en: 'counterparty’s number',
    permission: 'counterparty.plain',
    masked: value => keepEnds(value, 3),
  },
} as const satisfies Readonly<Record<string, PersonalField>>
export type PersonalKind = keyof typeof personalFields

/** The masked form, the same wherever it is shown: 138****5678, 张*, 4401**********1234. */
export function masked(value: string, kind: PersonalKind): string {
  return personalFields[kind].masked(value)
}

/** The value as somebody may see it: plain for who holds its permission (number.plain …), masked otherwise. */
export function shownTo(holder: Holder, value: string | null, kind: PersonalKind): string | null {
  if (value === null) return null
  return can(holder, personalFields[kind].permission) ? value : masked(value, kind)
}

/** For what leaves in a file and is read by others: masked whoever asked, or plain when that was approved. */
export function fileReader(isPlain: boolean): Holder {
  const plain = isPlain ? Object.values(personalFields).map(field => field.permission) : []
  return { permissions: new Set<Permission>(plain) }
}

/** Keeps the first and the last four; a value too short to hide four between them keeps its first quarter. */
function keepEnds(value: string, first: number): string {
  const hidden = value.length - first - 4
  if (hidden < 4) return keepFirst(value, Math.floor(value.length / 4))
  return value.slice(0, first) + '*'.repeat(hidden) + value.slice(-4)
}

function keepFirst(value: string, first: number): string {
  const characters = Array.from(value)
  const kept = Math.min(first, Math.max(0, characters.length - 1))
  return characters.slice(0, kept).join('') + '*'.repeat(characters.length - kept)
}
