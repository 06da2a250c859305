import type { FastifyInstance } from 'fastify'
import { FaultError } from '#kernel'
import { malformed } from './faults.ts'

/** A database keeps no text with a NUL in it, so no question may carry one, wherever it hides. */
export function refuseBadText(server: FastifyInstance): void {
  server.addHook('preValidation', async request => {
    if (hasNul([request.params, request.query, request.body])) throw new FaultError(malformed('NUL'))
  })
}

function hasNul(given: unknown): boolean {
  const waiting: unknown[] = [given]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string') {
      if (value.includes('\0')) return true
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) waiting.push(key, part)
    }
  }
  return false
}
