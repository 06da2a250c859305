/** A subscriber with the unit and class that decide who answers for it. */
export interface Assignable {
  readonly subscriberId: string
  readonly nodePath: string
  readonly valueClass: string
}

export interface Manager {
  readonly id: string
  readonly nodePath: string
  readonly valueClasses: readonly string[]
  readonly subscribersMax: number
  /** Subscribers the manager answers for already. */
  readonly subscribers: number
}

/**
 * Which manager answers for each subscriber: who has one keeps it while unit and class stay in the manager's range; who
 * has none, or lost it, gets the suitable manager with the fewest subscribers. null: nobody is for that class there, or
 * all are full. The order of the input does not matter.
 */
export function assign(
  subscribers: readonly Assignable[],
  present: ReadonlyMap<string, string | null>,
  managers: readonly Manager[],
): ReadonlyMap<string, string | null> {
  const byId = new Map(managers.map(manager => [manager.id, manager]))
  const holderOf = (s: Assignable) => byId.get(present.get(s.subscriberId) ?? '')
  const keeps = (s: Assignable, manager = holderOf(s)) => manager !== undefined && suits(manager, s)
  const without = subscribers.filter(s => !keeps(s))
  const load = new Map(managers.map(manager => [manager.id, manager.subscribers]))
  for (const manager of without.map(holderOf)) if (manager) add(load, manager, -1)
  const answer = new Map(subscribers.map(s => [s.subscriberId, holderOf(s)?.id ?? null]))
  const pools = new Map<string, readonly Manager[]>()
  for (const subscriber of without.toSorted((a, b) => (a.subscriberId < b.subscriberId ? -1 : 1))) {
    const key = `${subscriber.valueClass} ${subscriber.nodePath}`
    const pool = pools.get(key) ?? managers.filter(manager => suits(manager, subscriber))
    pools.set(key, pool)
    const chosen = leastLoaded(pool, load)
    answer.set(subscriber.subscriberId, chosen?.id ?? null)
    if (chosen) add(load, chosen, 1)
  }
  return answer
}

function add(load: Map<string, number>, manager: Manager, subscribers: number): void {
  load.set(manager.id, (load.get(manager.id) ?? 0) + subscribers)
}

function suits(manager: Manager, subscriber: Assignable): boolean {
  return (
    manager.valueClasses.includes(subscriber.valueClass) && subscriber.nodePath.startsWith(manager.nodePath)
  )
}

function leastLoaded(pool: readonly Manager[], load: ReadonlyMap<string, number>): Manager | undefined {
  let chosen: Manager | undefined
  for (const manager of pool) {
    const own = load.get(manager.id) ?? 0
    if (own >= manager.subscribersMax) continue
    const least = chosen ? (load.get(chosen.id) ?? 0) : Number.POSITIVE_INFINITY
    if (own < least || (own === least && chosen && manager.id < chosen.id)) chosen = manager
  }
  return chosen
}
