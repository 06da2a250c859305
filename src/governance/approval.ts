import type { DeskDb } from '#desk'
import { err, type Fault, isInScope, ok, type Result, type RowScope } from '#kernel'
import {
  approvalDecided,
  approvalLevel,
  approvalNotYours,
  approvalOwn,
  approvalUnknown,
  approvalWaiting,
} from './approval-faults.ts'
import {
  type Approval,
  type ApprovalLevel,
  type ApprovalState,
  approvalLevels,
  toApproval,
} from './approval-row.ts'
import { approvalTables } from './approval-tables.ts'
import { audit } from './audit.ts'
import type { Permission } from './roles.ts'

export type { Approval, ApprovalLevel } from './approval-row.ts'

/** What a kind of thing does with a decision, inside the decision's own transaction: both stand or neither. */
export interface ApprovalKind {
  readonly title: Approval['title']
  /** Desk tables only. What lies beyond (a file, a message) is a job that this writes. A fault leaves the request waiting. */
  carryOut(trx: DeskDb, approval: Approval, at: Date): Promise<Result<unknown, Fault>>
  /** It was rejected, taken back, or nobody decided in time. */
  letGo(trx: DeskDb, approval: Approval, at: Date): Promise<void>
}
export type ApprovalKinds = Readonly<Record<string, ApprovalKind>>

export interface Request
  extends Pick<Approval, 'kind' | 'subject' | 'title' | 'changes' | 'payload' | 'reason' | 'size' | 'level'> {
  readonly maker: { readonly id: string; readonly unit: { readonly path: string } }
  readonly at: Date
  readonly days: number
  readonly from?: string | undefined
}

/** Who acts on a request: whose requests they may decide under a permission follows from their posts. */
export interface Decider {
  readonly id: string
  scope(permission: Permission): RowScope
}

export interface Decision {
  readonly id: number
  readonly by: Decider
  readonly at: Date
  readonly comment: string
  readonly from?: string | undefined
}

const dayMs = 86_400_000

/** Asks for a decision, in the caller's transaction when there is one. Fault approval.waiting when the same waits already. */
export async function askApproval(db: DeskDb, request: Request): Promise<Result<number, Fault>> {
  const { kind, subject, size, level, at, maker, reason, from, days } = request
  const row = await approvalTables(db)
    .insertInto('governance_approval')
    .values({
      kind,
      subject,
      title: JSON.stringify(request.title),
      changes: JSON.stringify(request.changes),
      payload: JSON.stringify(request.payload ?? null),
      reason,
      size,
      level,
      maker_id: maker.id,
      node_path: maker.unit.path,
      made_at: at,
      expires_at: new Date(at.getTime() + days * dayMs),
      state: 'waiting',
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return err(approvalWaiting())
  const about = { subject: `approval:${row.id}`, detail: { kind, of: subject, size, level } }
  await audit(db, { at, staffId: maker.id, act: 'approval.ask', ...about, reason, from })
  return ok(row.id)
}

/** Approves and carries out, both or neither. Faults approval.unknown, .own, .level, .decided, and those of the kind. */
export function approve(
  db: DeskDb,
  kinds: ApprovalKinds,
  decision: Decision,
): Promise<Result<Approval, Fault>> {
  return decide(db, decision, 'approved', async (trx, approval) => {
    const kind = kinds[approval.kind]
    if (kind === undefined) throw new TypeError(`nobody carries out ${approval.kind}`)
    return kind.carryOut(trx, approval, decision.at)
  })
}

export function reject(
  db: DeskDb,
  kinds: ApprovalKinds,
  decision: Decision,
): Promise<Result<Approval, Fault>> {
  return decide(db, decision, 'rejected', async (trx, approval) => {
    await kinds[approval.kind]?.letGo(trx, approval, decision.at)
    return ok(true)
  })
}

type Effect = (trx: DeskDb, approval: Approval) => Promise<Result<unknown, Fault>>

async function decide(
  db: DeskDb,
  decision: Decision,
  state: 'approved' | 'rejected',
  effect: Effect,
): Promise<Result<Approval, Fault>> {
  const { by, at } = decision
  return ownTransaction(db, async trx => {
    const approval = await locked(trx, decision.id)
    if (approval?.makerId === by.id) return err(approvalOwn())
    if (approval === undefined || !decidesSome(by, approval)) return err(approvalUnknown())
    if (!decidesAt(by, approval, approval.level)) return err(approvalLevel())
    if (stateAt(approval, at) !== 'waiting') return err(approvalDecided(stateAt(approval, at)))
    return settle(trx, approval, decision, { state, effect })
  })
}

/** Whoever asked takes it back. Faults approval.unknown, .not-yours, .decided. */
export async function cancelApproval(
  db: DeskDb,
  kinds: ApprovalKinds,
  decision: Decision,
): Promise<Result<Approval, Fault>> {
  return ownTransaction(db, async trx => {
    const approval = await locked(trx, decision.id)
    if (approval === undefined) return err(approvalUnknown())
    if (approval.makerId !== decision.by.id)
      return err(decidesSome(decision.by, approval) ? approvalNotYours() : approvalUnknown())
    if (approval.state !== 'waiting') return err(approvalDecided(approval.state))
    const effect: Effect = async (_, cancelled) =>
      ok(await kinds[approval.kind]?.letGo(trx, cancelled, decision.at))
    return settle(trx, approval, decision, { state: 'cancelled', effect })
  })
}

/** Lets go of what nobody decided in time; answers how many. */
export async function expireApprovals(db: DeskDb, kinds: ApprovalKinds, at: Date): Promise<number> {
  return db.transaction().execute(async trx => {
    const rows = await approvalTables(trx)
      .updateTable('governance_approval')
      .set({ state: 'expired', decided_at: at })
      .where('state', '=', 'waiting')
      .where('expires_at', '<=', at)
      .returningAll()
      .execute()
    for (const approval of rows.map(toApproval)) await kinds[approval.kind]?.letGo(trx, approval, at)
    return rows.length
  })
}

/** Writes a decision and its effect; a fault of the effect undoes both. */
async function settle(
  trx: DeskDb,
  approval: Approval,
  { by, at, comment, from }: Decision,
  { state, effect }: { readonly state: 'approved' | 'rejected' | 'cancelled'; readonly effect: Effect },
): Promise<Result<Approval, Fault>> {
  const decided = await approvalTables(trx)
    .updateTable('governance_approval')
    .set({ state, decided_by: by.id, decided_at: at, comment })
    .where('id', '=', approval.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const carried = await effect(trx, toApproval(decided))
  if (!carried.ok) return carried
  const act = { approved: 'approval.approve', rejected: 'approval.reject', cancelled: 'approval.cancel' }[
    state
  ]
  const { kind, subject, makerId } = approval
  const about = { subject: `approval:${approval.id}`, detail: { kind, of: subject, maker: makerId } }
  await audit(trx, { at, staffId: by.id, act, ...about, reason: comment, from })
  return ok(toApproval(decided))
}

/** A fault ends the transaction as if nothing had been asked. */
async function ownTransaction<T>(
  db: DeskDb,
  work: (trx: DeskDb) => Promise<Result<T, Fault>>,
): Promise<Result<T, Fault>> {
  const trx = await db.startTransaction().execute()
  try {
    const result = await work(trx)
    await (result.ok ? trx.commit() : trx.rollback()).execute()
    return result
  } catch (error) {
    await trx
      .rollback()
      .execute()
      .catch(() => undefined)
    throw error
  }
}

async function locked(trx: DeskDb, id: number): Promise<Approval | undefined> {
  const row = await approvalTables(trx)
    .selectFrom('governance_approval')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && toApproval(row)
}

function decidesAt(by: Decider, { makerId, nodePath }: Approval, level: ApprovalLevel): boolean {
  return isInScope(by.scope(approvalLevels[level].permission), { managerId: makerId, nodePath })
}

function decidesSome(by: Decider, approval: Approval): boolean {
  return decidesAt(by, approval, 'supervisor') || decidesAt(by, approval, 'administrator')
}

/** A request past its time is expired, also before that is written down. */
export function stateAt(approval: Approval, at: Date): ApprovalState {
  return approval.state === 'waiting' && approval.expiresAt <= at ? 'expired' : approval.state
}
