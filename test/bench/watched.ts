import type { Sql, Warehouse } from '#warehouse'

/** What one kind of statement cost, over the whole run. */
export interface StatementCost {
  readonly name: string
  readonly count: number
  readonly seconds: number
  readonly cpuSeconds: number
}

/** A warehouse that notes what each statement costs; statements that run beside each other share their CPU time. */
export function watched(warehouse: Warehouse): {
  readonly warehouse: Warehouse
  readonly costs: () => readonly StatementCost[]
} {
  const costs = new Map<string, StatementCost>()
  const noted = async <T>(query: Sql, work: () => Promise<T>): Promise<T> => {
    const [cpu, start] = [process.cpuUsage(), performance.now()]
    try {
      return await work()
    } finally {
      const { user, system } = process.cpuUsage(cpu)
      const name = nameOf(query.text)
      const before = costs.get(name) ?? { count: 0, seconds: 0, cpuSeconds: 0 }
      costs.set(name, {
        name,
        count: before.count + 1,
        seconds: before.seconds + (performance.now() - start) / 1000,
        cpuSeconds: before.cpuSeconds + (user + system) / 1e6,
      })
    }
  }
  const wrap = (inner: Warehouse): Warehouse => ({
    ...inner,
    rows: <T extends object>(query: Sql) => noted(query, () => inner.rows<T>(query)),
    run: query => noted(query, () => inner.run(query)),
    fork: async () => wrap(await inner.fork()),
  })
  return {
    warehouse: wrap(warehouse),
    costs: () => [...costs.values()].toSorted((a, b) => b.cpuSeconds - a.cpuSeconds),
  }
}

/** The table made, the dataset written, or how the statement begins. */
function nameOf(text: string): string {
  const table = /^\s*CREATE (?:OR REPLACE )?(?:TEMP )?TABLE "?([a-z0-9_]+)/i.exec(text)?.[1]
  if (table !== undefined) return `table ${table}`
  const file = /\bTO '[^']*?\/((?:[a-z_]+\/)?[a-z0-9_]+)\/[^/']*'[^']*$/.exec(text)?.[1]
  if (file !== undefined) return `file ${file}`
  return text.trim().slice(0, 60).replaceAll(/\s+/g, ' ')
}
