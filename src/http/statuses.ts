import type { Fault } from '#kernel'

/** HTTP statuses of the faults that are not plain bad requests. A code is listed once; anything else a person can act on is 409. */
const statusOf: Readonly<Record<string, number>> = {
  'session.missing': 401,
  'sign-in.refused': 401,
  'sign-in.code-needed': 401,
  'sign-in.passwords-closed': 401,
  'oidc.denied': 401,
  'oidc.stranger': 401,
  'oidc.linked-otherwise': 401,
  'oidc.attempt-unknown': 401,
  'oidc.off': 404,
  'oidc.unreachable': 502,
  'oidc.answer-wrong': 502,
  'session.unknown': 404,
  'token.unknown': 404,
  'staff.unknown': 404,
  'request.malformed': 400,
  'request.too-large': 413,
  'request.too-many': 429,
  'request.elsewhere': 403,
  'permission.missing': 403,
  'password.own-needed': 403,
  'route.unknown': 404,
  'node.unknown': 404,
  'role.unknown': 404,
  'stand-in.unknown': 404,
  'task.unknown': 404,
  'subscriber.unknown': 404,
  'factor.unknown': 404,
  'factor.subscriber-unknown': 404,
  'night.unknown': 404,
  'rule.unknown': 404,
  'message.unknown': 404,
  'approval.unknown': 404,
  'approval.own': 403,
  'approval.level': 403,
  'approval.not-yours': 403,
  'export.unknown': 404,
  'export.forbidden': 403,
  'purpose.unknown': 400,
  'unmask.limit': 429,
  'server.bug': 500,
}

export function statusFor(fault: Fault): number {
  return statusOf[fault.code] ?? 409
}
