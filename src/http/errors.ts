import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Fault, FaultError } from '#kernel'
import { bugForLog } from './bug-log.ts'
import { bodyType, bug, malformed, tooLarge, tooMany } from './faults.ts'
import { statusFor } from './statuses.ts'

/** Every failed request answers one fault; what is nobody's fault but ours is logged and answered as a bug. */
export function answerFaults(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => answer(reply, faultOf(error, request)))
}

export function answer(reply: FastifyReply, fault: Fault): FastifyReply {
  return reply.code(statusFor(fault)).send(fault)
}

function faultOf(error: FastifyError, request: FastifyRequest): Fault {
  if (error instanceof FaultError && error.faults[0] !== undefined) return error.faults[0]
  if (error.validation !== undefined) return malformed(wrongParts(error))
  if (error.statusCode === 413) return tooLarge()
  if (error.statusCode === 415) return bodyType()
  if (error.statusCode === 429) return tooMany(60)
  if (error.statusCode !== undefined && error.statusCode < 500) return malformed(error.code ?? 'bad request')
  request.log.error({ bug: bugForLog(error) }, 'bug')
  return bug(request.id)
}

/** Which parts were wrong, without the values that came: they may be personal. */
function wrongParts(error: FastifyError): string {
  const parts = error.validation?.map(v =>
    `${error.validationContext ?? ''}${v.instancePath} ${v.message ?? ''}`.trim(),
  )
  return [...new Set(parts)].join('; ')
}
