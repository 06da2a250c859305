import type { FastifyInstance } from 'fastify'
import type { Application } from '#flows'
import {
  addToken,
  listTokens,
  organisation,
  type Permission,
  permissions,
  revokeToken,
  tokenPermissions,
} from '#governance'
import { isInScope, ok } from '#kernel'
import { route } from '../route.ts'

/** Tokens of machines, within the administrator's branch. */
export function tokenRoutes(server: FastifyInstance, application: Application): void {
  const { db } = application.desk
  route(server, 'listTokens', async ({ asker: { scope } }) => {
    const [tokens, nodes] = [await listTokens(db, scope, application.clock.now()), await organisation(db)]
    return ok({
      rows: tokens.map(token => ({
        ...token,
        permissions: token.permissions.map(titled),
        createdAt: token.createdAt.toISOString(),
        expiresAt: token.expiresAt.toISOString(),
        usedAt: token.usedAt?.toISOString() ?? null,
      })),
      permissions: tokenPermissions.map(titled),
      units: nodes
        .filter(node => isInScope(scope, { managerId: null, nodePath: node.path }))
        .map(({ id, name }) => ({ id, name })),
    })
  })
  route(server, 'addToken', ({ asker: { staff, scope }, body, from }) =>
    addToken(db, {
      name: body.name.trim(),
      permissions: body.permissions,
      nodeId: body.unit,
      days: body.days,
      by: staff.id,
      from: from.address,
      within: scope,
      at: application.clock.now(),
    }),
  )
  route(server, 'revokeToken', async ({ asker: { staff, scope }, params, from }) => {
    const revoked = await revokeToken(db, {
      id: params.id,
      within: scope,
      by: staff.id,
      from: from.address,
      at: application.clock.now(),
    })
    return revoked.ok ? ok({ done: true as const }) : revoked
  })
}

function titled(code: Permission) {
  const { zh, en } = permissions[code]
  return { code, title: { zh, en } }
}
