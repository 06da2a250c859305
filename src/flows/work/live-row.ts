import type { LiveFacts } from '#contact'
import type { Factor } from '#factors'
import type { PlainDate } from '#kernel'
import type { Cell, Row } from '#warehouse'

/**
 * The night's factors of one subscriber with what has been told since put over them: each factor says by its `live` hint
 * which fact overrides it. Factors without a hint stay as the night knew them.
 */
export function liveRow(night: Row, facts: LiveFacts, factors: readonly Factor[], today: PlainDate): Row {
  const row: Record<string, Cell> = { ...night }
  for (const factor of factors) {
    if (factor.live !== undefined)
      row[factor.id] = liveValue(factor.live, night[factor.id] ?? null, facts, today)
  }
  return row
}

function liveValue(live: string, value: Cell, facts: LiveFacts, today: PlainDate): Cell {
  const hasRecharged = facts.recharges > 0
  switch (live) {
    case 'recharge_count':
      return plus(value, facts.recharges)
    case 'recharge_amount':
    case 'balance':
      return hasRecharged ? plus(value, facts.rechargeFen) : value
    case 'last_recharge_on':
      return hasRecharged ? today : value
    case 'days_since_recharge':
      return hasRecharged ? 0 : value
    case 'status':
      return facts.status ?? value
    default:
      return value
  }
}

/** What the night did not know stays unknown: a sum with something missing would be a lie. */
function plus(value: Cell, more: number): Cell {
  return typeof value === 'number' ? value + more : value
}
