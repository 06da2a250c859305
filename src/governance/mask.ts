import { can, type Holder } from './roles.ts'

export type PersonalKind = 'number' | 'name' | 'document'

/** Enough to recognise, not enough to reach or identify: 138****5678, 张*, 4401**********1234. */
export function masked(value: string, kind: PersonalKind): string {
  switch (kind) {
    case 'number':
      return keepEnds(value, 3)
    case 'name':
      return keepFirst(value, 1)
    case 'document':
      return keepEnds(value, 4)
  }
}

/** The value as somebody may see it: plain for who holds its permission (number.plain …), masked otherwise. */
export function shownTo(holder: Holder, value: string | null, kind: PersonalKind): string | null {
  if (value === null) return null
  return can(holder, `${kind}.plain`) ? value : masked(value, kind)
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
