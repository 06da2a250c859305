import type { FastifyInstance } from 'fastify'
import { type Application, freshness } from '#flows'
import { changePassword, oidc, type Staff, signIn, signOut } from '#governance'
import { ok } from '#kernel'
import type { Body, Reply } from '#wire'
import type { Cookies } from './cookies.ts'
import { answer } from './errors.ts'
import { oidcOff } from './faults.ts'
import { route, shape } from './route.ts'
import { fromOf } from './session.ts'
import type { Settings } from './settings.ts'

/** Per minute and address. */
const triesMax = 120
const limited = { rateLimit: { max: triesMax, timeWindow: '1 minute' } }

interface Doorway {
  readonly settings: Settings
  readonly cookies: Cookies
}

export function signInRoutes(
  server: FastifyInstance,
  application: Application,
  { settings, cookies }: Doorway,
): void {
  server.route({
    ...shape('signIn'),
    config: limited,
    handler: async (request, reply) => {
      const { login, password, code } = request.body as Body<'signIn'>
      const isOnlyForAdministrators = settings.passwords === 'administrators'
      const { vault } = application
      const given = { login, password, code, vault, at: application.clock.now(), from: fromOf(request) }
      const result = await signIn(application.desk.db, { ...given, isOnlyForAdministrators })
      if (!result.ok) return answer(reply, result.fault)
      cookies.keepSession(request, reply, result.value.token)
      return whoIs(application, result.value.staff)
    },
  })
  server.route({
    ...shape('signOut'),
    handler: async (request, reply) => {
      const token = cookies.session(request)
      if (token !== undefined)
        await signOut(application.desk.db, token, application.clock.now(), fromOf(request))
      cookies.forgetSession(request, reply)
      return { done: true }
    },
  })
  route(server, 'changePassword', async ({ asker, body, from }) => {
    const given = { staffId: asker.staff.id, from: body.current, to: body.next, address: from.address }
    const result = await changePassword(application.desk.db, { ...given, at: application.clock.now() })
    return result.ok ? ok({ done: true as const }) : result
  })
  route(server, 'whoAmI', async ({ asker }) => ok(await whoIs(application, asker.staff)))
  server.route({
    ...shape('showSignInWays'),
    handler: (): Reply<'showSignInWays'> => ({
      oidc: settings.oidc?.title ?? null,
      passwords: settings.passwords === 'everyone',
    }),
  })
  oidcRoutes(server, application, { settings, cookies })
}

/** Leaving for the provider and coming back are asked for by the console itself, so that it can say what went wrong. */
function oidcRoutes(
  server: FastifyInstance,
  application: Application,
  { settings: { oidc: provider }, cookies }: Doorway,
): void {
  const { db } = application.desk
  server.route({
    ...shape('startOidc'),
    config: limited,
    handler: async (request, reply) => {
      if (provider === undefined) return answer(reply, oidcOff())
      const { back } = request.body as Body<'startOidc'>
      const departure = await oidc.begin(db, provider, { back, at: application.clock.now() })
      if (!departure.ok) return answer(reply, departure.fault)
      cookies.keepDeparture(request, reply, departure.value.state)
      return { url: departure.value.url }
    },
  })
  server.route({
    ...shape('finishOidc'),
    config: limited,
    handler: async (request, reply) => {
      if (provider === undefined) return answer(reply, oidcOff())
      const { query } = request.body as Body<'finishOidc'>
      const keptState = cookies.departure(request)
      cookies.forgetDeparture(request, reply)
      const at = application.clock.now()
      const result = await oidc.finish(db, provider, { query, keptState, at, from: fromOf(request) })
      if (!result.ok) return answer(reply, result.fault)
      cookies.keepSession(request, reply, result.value.token)
      return { ...(await whoIs(application, result.value.staff)), back: result.value.back }
    },
  })
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
