import type { DeskDb } from '#desk'
import { err, type Fault, ok, type Result, type RowScope } from '#kernel'
import { audit } from './audit.ts'
import { randomToken, secretDigest } from './secret.ts'
import { sessionUnknown } from './sign-in-faults.ts'
import { signInTables, type Way } from './sign-in-tables.ts'
import { type Staff, selectStaff, toStaff } from './staff.ts'
import { isUnitWithin } from './units-within.ts'

/** A session ends twelve hours after it began, whatever happens. */
const absoluteMs = 12 * 3_600_000
/** And when nobody sat before it for this long. */
const idleMs = 60 * 60_000
/** Being seen is written at most this often. */
const noteMs = 60_000
const deviceCharactersMax = 200

/** Who did something to an account, when and from where. */
export interface By {
  /** null: whoever may use this machine's command line. */
  readonly by: string | null
  readonly at: Date
  readonly from?: string | undefined
}

export function entryBy({ by, at, from }: By) {
  return { at, staffId: by, from: by === null ? 'command line' : from }
}

/** Where a request came from: kept with a session so that its owner knows it again. */
export interface From {
  readonly address?: string | undefined
  readonly device?: string | undefined
}

export interface SignedIn {
  /** Goes to the browser and nowhere else; the desk keeps its SHA-256. */
  readonly token: string
  readonly staff: Staff
  readonly expiresAt: Date
}

/** Begins a session for somebody who has proved who they are. */
export async function openSession(
  db: DeskDb,
  staff: Staff,
  given: { readonly way: Way; readonly at: Date; readonly from?: From | undefined },
): Promise<SignedIn> {
  const { at, from = {} } = given
  const token = randomToken()
  const expiresAt = new Date(at.getTime() + absoluteMs)
  await forgetEnded(db, at)
  await signInTables(db)
    .insertInto('governance_session')
    .values({
      id: randomToken().slice(0, 16),
      token_sha256: secretDigest(token),
      staff_id: staff.id,
      created_at: at,
      expires_at: expiresAt,
      seen_at: at,
      way: given.way,
      address: from.address ?? null,
      device: from.device?.slice(0, deviceCharactersMax) ?? null,
    })
    .execute()
  await audit(db, {
    at,
    staffId: staff.id,
    act: 'sign-in',
    subject: 'session',
    detail: { way: given.way },
    from: from.address,
  })
  return { token, staff, expiresAt }
}

export interface SessionHolder {
  readonly staff: Staff
  readonly sessionId: string
}

/**
 * Who holds this token now; undefined when nobody does. `isAttended`: somebody sat before the screen, so the idle time
 * begins anew; what a page asks by itself is not attended.
 */
export async function sessionOf(
  db: DeskDb,
  token: string,
  { at, isAttended }: { readonly at: Date; readonly isAttended: boolean },
): Promise<SessionHolder | undefined> {
  const tables = signInTables(db)
  const session = await tables
    .selectFrom('governance_session')
    .select(['id', 'staff_id', 'seen_at'])
    .where('token_sha256', '=', secretDigest(token))
    .where('expires_at', '>', at)
    .where('seen_at', '>', idleSince(at))
    .executeTakeFirst()
  if (session === undefined) return undefined
  const row = await selectStaff(db).where('staff.id', '=', session.staff_id).executeTakeFirst()
  if (row === undefined) return undefined
  if (isAttended && at.getTime() - session.seen_at.getTime() >= noteMs) {
    await tables
      .updateTable('governance_session')
      .set({ seen_at: at })
      .where('id', '=', session.id)
      .where('seen_at', '<', at)
      .execute()
  }
  return { staff: toStaff(row), sessionId: session.id }
}

/** Who holds this token now; undefined when nobody does. */
export async function staffOf(db: DeskDb, token: string, at: Date): Promise<Staff | undefined> {
  return (await sessionOf(db, token, { at, isAttended: true }))?.staff
}

export async function signOut(db: DeskDb, token: string, at: Date, from: From = {}): Promise<void> {
  const ended = await signInTables(db)
    .deleteFrom('governance_session')
    .where('token_sha256', '=', secretDigest(token))
    .returning('staff_id')
    .executeTakeFirst()
  if (ended === undefined) return
  const entry = { at, staffId: ended.staff_id, act: 'sign-out', subject: 'session' }
  await audit(db, { ...entry, from: from.address })
}

/** Whose sessions: one's own, or those of everyone whose unit is within a scope. */
export type Whose = { readonly staffId: string } | { readonly within: RowScope }

export interface OpenSession {
  readonly id: string
  readonly staff: { readonly id: string; readonly login: string; readonly name: { zh: string; en: string } }
  readonly way: Way
  readonly createdAt: Date
  readonly seenAt: Date
  readonly expiresAt: Date
  readonly address: string | null
  readonly device: string | null
}

/** Sessions that still hold, the one seen last first. */
export async function listSessions(db: DeskDb, whose: Whose, at: Date): Promise<readonly OpenSession[]> {
  const rows = await openSessions(db, whose, at).orderBy('session.seen_at', 'desc').limit(500).execute()
  return rows.map(row => ({
    id: row.id,
    staff: { id: row.staff_id, login: row.login, name: { zh: row.name_zh, en: row.name_en } },
    way: row.way,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    device: row.device,
  }))
}

/** Ends one session among those one may end. Fault session.unknown, also for one that is not among them. */
export async function endSession(
  db: DeskDb,
  end: By & { readonly id: string; readonly among: Whose },
): Promise<Result<true, Fault<'session.unknown'>>> {
  const found = await openSessions(db, end.among, end.at).where('session.id', '=', end.id).executeTakeFirst()
  if (found === undefined) return err(sessionUnknown())
  await signInTables(db).deleteFrom('governance_session').where('id', '=', end.id).execute()
  await audit(db, { ...entryBy(end), act: 'session.end', subject: `staff:${found.staff_id}` })
  return ok(true)
}

/** Ends every session of a member of staff. */
export async function endSessions(db: DeskDb, staffId: string): Promise<void> {
  await signInTables(db).deleteFrom('governance_session').where('staff_id', '=', staffId).execute()
}

function openSessions(db: DeskDb, whose: Whose, at: Date) {
  const open = signInTables(db)
    .withTables<NamedStaff>()
    .selectFrom('governance_session as session')
    .innerJoin('governance_staff as staff', 'staff.id', 'session.staff_id')
    .innerJoin('governance_node as node', 'node.id', 'staff.node_id')
    .where('session.expires_at', '>', at)
    .where('session.seen_at', '>', idleSince(at))
    .select([
      'session.id',
      'session.staff_id',
      'session.way',
      'session.created_at',
      'session.seen_at',
      'session.expires_at',
      'session.address',
      'session.device',
      'staff.login',
      'staff.name_zh',
      'staff.name_en',
    ])
  return 'staffId' in whose
    ? open.where('session.staff_id', '=', whose.staffId)
    : open.where(isUnitWithin(whose.within, 'node.path'))
}

type NamedStaff = {
  governance_staff: { id: string; node_id: string; login: string; name_zh: string; name_en: string }
  governance_node: { id: string; path: string }
}

async function forgetEnded(db: DeskDb, at: Date): Promise<void> {
  await signInTables(db)
    .deleteFrom('governance_session')
    .where(is => is.or([is('expires_at', '<=', at), is('seen_at', '<=', idleSince(at))]))
    .execute()
}

function idleSince(at: Date): Date {
  return new Date(at.getTime() - idleMs)
}
