import type { FastifyInstance } from 'fastify'
import type { Application } from '#flows'
import { organisation, type Permission, permissions, tokens } from '#governance'
import { isInScope, ok } from '#kernel'
import { route } from '../route.ts'

/** Tokens of machines, within the administrator's branch. */
export function tokenRoutes(server: FastifyInstance, application: Application): void {
  const { db } = application.desk
  route(server, 'listTokens', async ({ asker: { scope } }) => {
    const [listed, nodes] = [await tokens.list(db, scope, application.clock.now()), await organisation(db)]
    return ok({
      rows: listed.map(token => ({
        ...token,
        permissions: token.permissions.map(titled),
        createdAt: token.createdAt.toISOString(),
        expiresAt: token.expiresAt.toISOString(),
        usedAt: token.usedAt?.toISOString() ?? null,
      })),
      permissions: tokens.permissions.map(titled),
      units: nodes
        .filter(node => isInScope(scope, { managerId: null, nodePath: node.path }))
        .map(({ id, name }) => ({ id, name })),
    })
  })
  route(server, 'addToken', ({ asker: { staff, scope }, body, from }) =>
    tokens.add(db, {
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
    const revoked = await tokens.revoke(db, {
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
