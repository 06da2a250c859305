import {
  type Approval,
  approvals,
  can,
  type Decider,
  listStaff,
  organisationFaults,
  type Permission,
  permissionMissing,
  scopeFor,
} from '#governance'
import { err, isInScope, ok, type Result } from '#kernel'
import type { Application } from '../application.ts'
import { type Asker, askerFrom, asking } from '../asker.ts'
import { rowId } from '../row-id.ts'
import { approvalKinds } from './kinds.ts'

export interface ListQuery {
  readonly which?: 'mine' | 'to-decide' | 'all'
  readonly page?: number
  readonly pageSize?: number
}

/** Requests that wait for the asker, that the asker made, or that the asker may see. */
export async function listApprovals(application: Application, asker: Asker, query: ListQuery) {
  const { db } = application.desk
  const { which = 'to-decide', page = 1, pageSize = 20 } = query
  await expire(application)
  const by = deciderOf(asker)
  const [{ found, total }, waiting] = await Promise.all([
    approvals.list(db, by, { which, page, pageSize }),
    approvals.list(db, by, { which: 'to-decide', pageSize: 1 }),
  ])
  const names = await namesOf(application)
  const rows = found.map(approval => shown(application, asker, approval, names))
  return ok({ rows, waiting: waiting.total, total, page, pageSize })
}

/** Fault approval.unknown, also for one that is none of the asker's. */
export async function showApproval(application: Application, asker: Asker, id: string) {
  await expire(application)
  const found = await approvals.byId(application.desk.db, deciderOf(asker), rowId(id))
  return found.ok ? ok(shown(application, asker, found.value, await namesOf(application))) : found
}

export type Verdict = 'approve' | 'reject' | 'cancel'

/** Decides and carries out, both or neither. */
export async function decideApproval(
  application: Application,
  asker: Asker,
  decision: { readonly id: string; readonly verdict: Verdict; readonly comment: string },
) {
  const kinds = approvalKinds(application)
  const { id, verdict, comment } = decision
  const decided = await approvals[verdict](application.desk.db, kinds, {
    id: rowId(id),
    by: deciderOf(asker),
    at: application.clock.now(),
    comment,
    from: asker.from,
  })
  if (!decided.ok) return decided
  if (verdict === 'approve') kinds[decided.value.kind]?.afterwards()
  return ok(shown(application, asker, decided.value, await namesOf(application)))
}

/** Somebody at the command line acts as a member of staff. Fault staff.unknown. */
export async function staffActing(application: Application, login: string): Promise<Result<Asker>> {
  const staff = (await listStaff(application.desk.db)).find(s => s.login === login)
  return staff === undefined
    ? err(organisationFaults.staffNowhere())
    : ok({ ...(await askerFrom(application, staff)), from: 'command line' })
}

/** The same, asking under a permission in their scope. Faults staff.unknown, permission.missing. */
export async function staffAsking(
  application: Application,
  login: string,
  permission: Permission,
): Promise<Result<Asker>> {
  const asker = await staffActing(application, login)
  if (!asker.ok) return asker
  return can(asker.value.staff, permission) ? ok(asking(asker.value, permission)) : err(permissionMissing())
}

function expire(application: Application): Promise<number> {
  return approvals.expire(application.desk.db, approvalKinds(application), application.clock.now())
}

function deciderOf(asker: Asker): Decider {
  return { id: asker.staff.id, scope: permission => scopeFor(asker.posts, permission) }
}

type Names = ReadonlyMap<string, { readonly zh: string; readonly en: string }>

async function namesOf({ desk }: Application): Promise<Names> {
  return new Map((await listStaff(desk.db)).map(s => [s.id, s.name]))
}

function shown(application: Application, asker: Asker, approval: Approval, names: Names) {
  const { kind, subject, title, changes, reason, size, level, makerId, comment } = approval
  const { zh, en, permission } = approvals.levels[level]
  const state = approvals.stateAt(approval, application.clock.now())
  const person = (id: string) => ({ id, name: names.get(id) ?? { zh: id, en: id } })
  const reaches = isInScope(deciderOf(asker).scope(permission), {
    managerId: makerId,
    nodePath: approval.nodePath,
  })
  const isMine = makerId === asker.staff.id
  return {
    id: approval.id,
    kind: { code: kind, title: approvalKinds(application)[kind]?.title ?? { zh: kind, en: kind } },
    subject,
    title,
    changes,
    reason,
    size,
    level: { code: level, title: { zh, en } },
    maker: person(makerId),
    madeAt: approval.madeAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    state: { code: state, title: approvals.states[state] },
    decidedBy: approval.decidedBy === null ? null : person(approval.decidedBy),
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    comment,
    mayDecide: state === 'waiting' && !isMine && reaches,
    mayCancel: state === 'waiting' && isMine,
  }
}
