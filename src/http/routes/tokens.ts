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
import { ok } from '#kernel'
import { route } from '../route.ts'

/** Tokens of machines, within the administrator's branch. */
export function tokenRoutes(server: FastifyInstance, application: Application): void {
  const { db } = application.desk
  route(server, 'listTokens', async ({ asker: { staff } }) => {
    const [tokens, nodes] = [
      await listTokens(db, staff.unit.path, application.clock.now()),
      await organisation(db),
    ]
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
        .filter(node => node.path.startsWith(staff.unit.path))
        .map(({ id, name }) => ({ id, name })),
    })
  })
  route(server, 'addToken', ({ asker: { staff }, body }) =>
    addToken(db, {
      name: body.name.trim(),
      permissions: body.permissions,
      nodeId: body.unit,
      days: body.days,
      by: staff.id,
      within: staff.unit.path,
      at: application.clock.now(),
    }),
  )
  route(server, 'revokeToken', async ({ asker: { staff }, params }) => {
    const revoked = await revokeToken(db, {
      id: params.id,
      within: staff.unit.path,
      by: staff.id,
      at: application.clock.now(),
    })
    return revoked.ok ? ok({ done: true as const }) : revoked
  })
}

function titled(code: Permission) {
  const { zh, en } = permissions[code]
  return { code, title: { zh, en } }
}
