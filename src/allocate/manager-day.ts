import { controlGroupOf } from './control.ts'
import type { Decision } from './decision.ts'
import { type ControlShares, netFen } from './proposal.ts'

const oneHourMinutes = 60

/** How an account manager's day is filled, and what one more hour of it would bring. */
export interface ManagerDay {
  readonly managerId: string
  readonly minutesMax: number
  readonly minutesUsed: number
  readonly tasks: number
  readonly oneMoreHour: { readonly tasks: number; readonly valueFen: number }
}

/** `decisions` in the order in which they were taken. */
export function managerDays(
  decisions: readonly Decision[],
  minutesOf: ReadonlyMap<string, number>,
  shares: ControlShares,
): readonly ManagerDay[] {
  const calls = decisions.filter(d => d.managerId !== null && d.proposal.minutes > 0)
  const own = Map.groupBy(calls, d => String(d.managerId))
  const actedFen = new Map(
    decisions.filter(d => d.result === 'act').map(d => [d.proposal.subscriberId, netFen(d.proposal)]),
  )
  return [...minutesOf]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([managerId, minutesMax]) => {
      const mine = own.get(managerId) ?? []
      const taken = mine.filter(d => d.result === 'act')
      const minutesUsed = taken.reduce((sum, d) => sum + d.proposal.minutes, 0)
      return {
        managerId,
        minutesMax,
        minutesUsed,
        tasks: taken.length,
        oneMoreHour: moreWith(
          minutesMax - minutesUsed + oneHourMinutes,
          mine.filter(
            d => d.reason.code === 'manager-hours' && controlGroupOf(d.proposal, shares) === undefined,
          ),
          actedFen,
        ),
      }
    })
}

/** The best of what was refused for want of time, in the same order; who is contacted another way counts by the gain. */
function moreWith(
  minutes: number,
  refused: readonly Decision[],
  actedFen: ReadonlyMap<string, number>,
): { tasks: number; valueFen: number } {
  const more = { tasks: 0, valueFen: 0 }
  const taken = new Set<string>()
  let left = minutes
  for (const { proposal } of refused) {
    const { subscriberId } = proposal
    const gain = netFen(proposal) - (actedFen.get(subscriberId) ?? 0)
    if (proposal.minutes > left || gain <= 0 || taken.has(subscriberId)) continue
    taken.add(subscriberId)
    left -= proposal.minutes
    more.tasks += 1
    more.valueFen += gain
  }
  return more
}
