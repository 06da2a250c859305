import type { FastifyInstance, FastifyReply } from 'fastify'
import { type Application, freshness } from '#flows'
import { changePassword, type Staff, signIn, signOut } from '#governance'
import { ok } from '#kernel'
import type { Body, Reply } from '#wire'
import { answer } from './errors.ts'
import { route, shape } from './route.ts'
import { cookieName } from './session.ts'

export function signInRoutes(server: FastifyInstance, application: Application): void {
  server.route({
    ...shape('signIn'),
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { login, password } = request.body as Body<'signIn'>
      const result = await signIn(application.desk.db, { login, password, at: application.clock.now() })
      if (!result.ok) return answer(reply, result.fault)
      setCookie(reply, result.value.token, request.protocol === 'https')
      return whoIs(application, result.value.staff)
    },
  })
  server.route({
    ...shape('signOut'),
    handler: async (request, reply) => {
      const token = request.cookies[cookieName]
      if (token !== undefined) await signOut(application.desk.db, token, application.clock.now())
      reply.clearCookie(cookieName, { path: '/' })
      return { done: true }
    },
  })
  route(server, 'changePassword', async ({ asker, body }) => {
    const change = { staffId: asker.staff.id, from: body.current, to: body.next, at: application.clock.now() }
    const result = await changePassword(application.desk.db, change)
    return result.ok ? ok({ done: true as const }) : result
  })
  route(server, 'whoAmI', async ({ asker }) => ok(await whoIs(application, asker.staff)))
}

function setCookie(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.setCookie(cookieName, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure })
}

async function whoIs(application: Application, staff: Staff): Promise<Reply<'whoAmI'>> {
  return {
    staff: {
      id: staff.id,
      login: staff.login,
      name: staff.name,
      roles: staff.roles.map((code, i) => ({ code, title: staff.roleTitles[i] ?? { zh: code, en: code } })),
      unit: staff.unit.name,
      mustChangePassword: staff.mustChangePassword,
    },
    permissions: [...staff.permissions],
    language: staff.language,
    ...(await freshness(application)),
  }
}
