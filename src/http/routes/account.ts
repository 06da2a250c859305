import type { FastifyInstance } from 'fastify'
import type { Application } from '#flows'
import { endSession, listSessions, type OpenSession, ownAccount, provePassword, twoStep } from '#governance'
import { ok } from '#kernel'
import { route } from '../route.ts'

const done = { done: true as const }

/** One's own account: sessions, the second step, the language. And the sessions of others, for administrators. */
export function accountRoutes(server: FastifyInstance, application: Application): void {
  const { db } = application.desk
  route(server, 'showAccount', async ({ asker: { staff } }) => {
    const { since, recoveryCodesLeft } = await twoStep.state(db, staff.id)
    return ok({
      login: staff.login,
      name: staff.name,
      unit: staff.unit.name,
      roles: staff.roles.map((code, i) => ({ code, title: staff.roleTitles[i] ?? { zh: code, en: code } })),
      language: staff.language,
      totp: { since: since?.toISOString() ?? null, recoveryCodesLeft },
    })
  })
  route(server, 'chooseLanguage', async ({ asker, body }) => {
    await ownAccount.chooseLanguage(db, asker.staff.id, body.language)
    return ok(done)
  })
  route(server, 'listOwnSessions', async ({ asker, sessionId }) => {
    const sessions = await listSessions(db, { staffId: asker.staff.id }, application.clock.now())
    return ok({ rows: sessions.map(session => shown(session, sessionId)) })
  })
  route(server, 'endOwnSession', async ({ asker: { staff }, params, from }) => {
    const ended = await endSession(db, {
      id: params.id,
      among: { staffId: staff.id },
      by: staff.id,
      at: application.clock.now(),
      from: from.address,
    })
    return ended.ok ? ok(done) : ended
  })
  totpRoutes(server, application)
  route(server, 'listSessions', async ({ asker, sessionId }) => {
    const sessions = await listSessions(db, { within: asker.scope }, application.clock.now())
    return ok({ rows: sessions.map(session => shown(session, sessionId)) })
  })
  route(server, 'endSession', async ({ asker: { staff, scope }, params, from }) => {
    const ended = await endSession(db, {
      id: params.id,
      among: { within: scope },
      by: staff.id,
      at: application.clock.now(),
      from: from.address,
    })
    return ended.ok ? ok(done) : ended
  })
}

/** Setting the second step up and taking it away both ask for the password again: a session left open is not enough. */
function totpRoutes(server: FastifyInstance, application: Application): void {
  const { db } = application.desk
  route(server, 'beginTotp', async ({ asker, body }) => {
    const at = application.clock.now()
    const proved = await provePassword(db, { staffId: asker.staff.id, password: body.password, at })
    return proved.ok ? twoStep.begin(db, asker.staff, { at, vault: application.vault }) : proved
  })
  route(server, 'confirmTotp', async ({ asker, body, from }) => {
    const at = application.clock.now()
    const confirmed = await twoStep.confirm(db, asker.staff, {
      code: body.code,
      at,
      vault: application.vault,
      from: from.address,
    })
    return confirmed.ok ? ok({ codes: confirmed.value }) : confirmed
  })
  route(server, 'endTotp', async ({ asker: { staff }, body, from }) => {
    const at = application.clock.now()
    const proved = await provePassword(db, { staffId: staff.id, password: body.password, at })
    if (!proved.ok) return proved
    await twoStep.end(db, { staffId: staff.id, by: staff.id, at, from: from.address })
    return ok(done)
  })
  route(server, 'resetPasswordOf', ({ asker: { staff, scope }, params, from }) =>
    ownAccount.resetPassword(db, {
      staffId: params.staff,
      within: scope,
      by: staff.id,
      at: application.clock.now(),
      from: from.address,
    }),
  )
  route(server, 'endTotpOf', async ({ asker: { staff, scope }, params, from }) => {
    const ended = await ownAccount.endTotpOf(db, {
      staffId: params.staff,
      within: scope,
      by: staff.id,
      at: application.clock.now(),
      from: from.address,
    })
    return ended.ok ? ok(done) : ended
  })
}

function shown(session: OpenSession, asking: string | null) {
  return {
    ...session,
    createdAt: session.createdAt.toISOString(),
    seenAt: session.seenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    isThis: session.id === asking,
  }
}
