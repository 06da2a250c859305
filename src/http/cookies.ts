import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from './settings.ts'

export const cookieName = 'weiwan_session'
const departureName = 'weiwan_departure'
const departureSeconds = 600

/** Under https a cookie is bound to this very host: no other, and no plain http, can set or read it. */
function nameOf(plain: string, isSecure: boolean): string {
  return isSecure ? `__Host-${plain}` : plain
}

export interface Cookies {
  session(request: FastifyRequest): string | undefined
  keepSession(request: FastifyRequest, reply: FastifyReply, token: string): void
  forgetSession(request: FastifyRequest, reply: FastifyReply): void
  departure(request: FastifyRequest): string | undefined
  keepDeparture(request: FastifyRequest, reply: FastifyReply, state: string): void
  forgetDeparture(request: FastifyRequest, reply: FastifyReply): void
}

/** No script reads them, no other site sends them along, and they end with the browser. */
export function cookiesFor(settings: Settings): Cookies {
  const isSecure = (request: FastifyRequest) =>
    settings.address?.startsWith('https:') === true || request.protocol === 'https'
  const manner = (request: FastifyRequest) => ({
    path: '/',
    httpOnly: true,
    sameSite: 'strict' as const,
    secure: isSecure(request),
  })
  const read = (request: FastifyRequest, name: string) => request.cookies[nameOf(name, isSecure(request))]
  const forget = (request: FastifyRequest, reply: FastifyReply, name: string) => {
    reply.clearCookie(nameOf(name, isSecure(request)), manner(request))
  }
  return {
    session: request => read(request, cookieName),
    keepSession: (request, reply, token) => {
      reply.setCookie(nameOf(cookieName, isSecure(request)), token, manner(request))
    },
    forgetSession: (request, reply) => forget(request, reply, cookieName),
    departure: request => read(request, departureName),
    keepDeparture: (request, reply, state) => {
      const kept = { ...manner(request), maxAge: departureSeconds }
      reply.setCookie(nameOf(departureName, isSecure(request)), state, kept)
    },
    forgetDeparture: (request, reply) => forget(request, reply, departureName),
  }
}
