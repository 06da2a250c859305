import type { FastifyInstance } from 'fastify'
import { FaultError } from '#kernel'
import { malformed } from './faults.ts'

/** What no schema refuses and no database takes: text with a NUL in it, and numbers beyond all numbers (`1e309`). */
export function refuseBadValues(server: FastifyInstance): void {
  const refuse = (given: unknown) => {
    const bad = badValueIn(given)
    if (bad !== undefined) throw new FaultError(malformed(bad))
  }
  server.addHook('preValidation', async ({ params, query, body }) => refuse([params, query, body]))
  // Numbers of an address are text until they were looked at.
  server.addHook('preHandler', async ({ query }) => refuse(query))
}

function badValueIn(given: unknown): string | undefined {
  const waiting: unknown[] = [given]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string' && value.includes('\0')) return 'NUL'
    if (typeof value === 'number' && !Number.isFinite(value)) return 'Infinity'
    if (typeof value !== 'object' || value === null) continue
    for (const [key, part] of Object.entries(value)) waiting.push(key, part)
  }
  return undefined
}
