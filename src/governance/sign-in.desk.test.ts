import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, migrationsIn } from '#desk'
import { everybody } from '#kernel'
import { freshDesk } from '../../test/support/desk.ts'
import { demoStaff } from './accounts.ts'
import { growOrganisation } from './organisation.ts'
import { oneTimePassword, passwordFault } from './password.ts'
import { endSession, listSessions, type SignedIn, sessionOf, staffOf } from './session.ts'
import { changePassword, provePassword, signIn } from './sign-in.ts'
import { beginTotp, confirmTotp, endTotp, sealSecrets, totpState } from './totp.ts'
import { vaultWith } from './vault.ts'

const password = 'mountain tea 47'
const start = new Date('2026-03-10T01:00:00Z')
let minutes = 0
/** Each test on its own day, so that pauses and sessions of one do not touch another. */
const nextDay = () => {
  minutes += 2 * 24 * 60
  return new Date(start.getTime() + minutes * 60_000)
}
const plus = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000)
const minute = 60
const hour = 3600

const vault = vaultWith(Buffer.alloc(32, 7))
let desk: Desk
beforeAll(async () => {
  desk = await freshDesk(migrationsIn(import.meta.dirname))
  const node = (id: string, parentId: string | null, level: 'hq' | 'city' | 'county') => ({
    id,
    parentId,
    level,
    name: { zh: `单位 ${id}`, en: `unit ${id}` },
  })
  await growOrganisation(desk.db, [
    node('hq', null, 'hq'),
    node('c1', 'hq', 'city'),
    node('k1', 'c1', 'county'),
    node('k2', 'c1', 'county'),
  ])
  await demoStaff(desk.db, { password, at: start })
})
afterAll(() => desk.close())

async function signedIn(login: string, at: Date, more: { code?: string; given?: string } = {}) {
  const { code, given = password } = more
  const result = await signIn(desk.db, { vault, login, password: given, code, at })
  if (!result.ok) throw new Error(result.fault.code)
  return result.value
}
const held = async (session: SignedIn, at: Date, isAttended = true) =>
  (await sessionOf(desk.db, session.token, { at, isAttended }))?.staff.login

describe('a session', () => {
  test('ends an hour after somebody last sat before it; what a page asks by itself does not keep it', async () => {
    const at = nextDay()
    const session = await signedIn('manager1', at)
    expect(await held(session, plus(at, 50 * minute))).toBe('manager1')
    expect(await held(session, plus(at, 100 * minute), false)).toBe('manager1')
    expect(await held(session, plus(at, 109 * minute), false)).toBe('manager1')
    expect(await held(session, plus(at, 110 * minute), false)).toBeUndefined()
  })

  test('ends twelve hours after it began, however busy it was', async () => {
    const at = nextDay()
    const session = await signedIn('manager1', at)
    for (let m = 30; m < 12 * 60; m += 30) expect(await held(session, plus(at, m * minute))).toBe('manager1')
    expect(await held(session, plus(at, 12 * hour))).toBeUndefined()
  })

  test('is listed to its owner with where it was begun, and the one they end is over at once', async () => {
    const at = nextDay()
    const from = { address: '10.0.0.7', device: 'Firefox '.repeat(100) }
    const result = await signIn(desk.db, { vault, login: 'manager2', password, at, from })
    const other = await signedIn('manager2', plus(at, 1))
    const staffId = other.staff.id
    const sessions = await listSessions(desk.db, { staffId }, plus(at, 2))
    expect(sessions.map(s => [s.address, s.way])).toEqual([
      [null, 'password'],
      ['10.0.0.7', 'password'],
    ])
    expect(sessions[1]?.device?.length).toBe(200)
    const end = { id: sessions[1]?.id ?? '', among: { staffId }, by: staffId, at: plus(at, 3) }
    expect(await endSession(desk.db, end)).toMatchObject({ ok: true })
    expect(result.ok && (await staffOf(desk.db, result.value.token, plus(at, 4)))).toBeUndefined()
    expect(await held(other, plus(at, 4))).toBe('manager2')
    expect(await endSession(desk.db, end)).toMatchObject({ ok: false, fault: { code: 'session.unknown' } })
  })

  test('of another is theirs: only who sees their branch of the organisation finds or ends it', async () => {
    const at = nextDay()
    const theirs = await signedIn('manager4', at)
    const [session] = await listSessions(desk.db, { staffId: theirs.staff.id }, at)
    const id = session?.id ?? ''
    const outside = { within: { kind: 'branch', nodePath: '/hq/c1/k1/' } } as const
    expect(await listSessions(desk.db, outside, at)).toEqual([])
    for (const among of [{ staffId: 'staff_manager1' }, outside]) {
      const end = await endSession(desk.db, { id, among, by: 'staff_manager1', at })
      expect(end).toMatchObject({ ok: false, fault: { code: 'session.unknown' } })
    }
    expect(await held(theirs, at)).toBe('manager4')
    const end = await endSession(desk.db, { id, among: { within: everybody }, by: 'staff_admin', at })
    expect(end.ok).toBe(true)
    expect(await held(theirs, at)).toBeUndefined()
  })
})

describe('a password', () => {
  test.each([
    ['short', '2 short!'],
    ['long', 'long enough to be a poem '.repeat(9)],
    ['guessable', 'manager3 has a dog'],
    ['guessable', '20261122202611'],
    ['guessable', 'aaaaaaaaaabbb'],
    ['guessable', 'qwertyuiop'],
    ['guessable', 'P@ssw0rd2026!!'],
    ['guessable', '!!Football-2026'],
    ['guessable', 'weiwan-2026-11'],
    ['guessable', '1qaz2wsx3edc'],
  ])('is refused as %s: %s', async (problem, given) => {
    expect((await passwordFault(given, 'manager3'))?.code).toBe(`password.${problem}`)
  })

  test.each(['清晨的茶山很安静四十七', 'mountain tea 47', oneTimePassword()])('%s is taken', async given => {
    expect(await passwordFault(given, 'manager3')).toBeUndefined()
  })

  test('may not be one of the last five', async () => {
    const login = 'manager3'
    const change = (from: string, to: string) =>
      changePassword(desk.db, { staffId: `staff_${login}`, from, to, at: nextDay() })
    const used = [password, ...[1, 2, 3, 4, 5].map(n => `mountain brook 4${n}`)]
    for (let n = 1; n < used.length; n++) {
      expect(await change(used[n - 1] ?? '', used[n] ?? '')).toMatchObject({ ok: true })
    }
    const present = used[5] ?? ''
    for (const past of used.slice(1)) {
      expect(await change(present, past)).toMatchObject({ fault: { code: 'password.used-before' } })
    }
    expect(await change(present, password)).toMatchObject({ ok: true })
  })
})

describe('two-step sign-in', () => {
  test('keeps no secret readable, seals what was kept so, and with another key takes recovery codes only', async () => {
    const at = nextDay()
    const { staff, code, offer, recovery } = await enrolled('dispatcher', at)
    const kept = async () => {
      const found = await sql<{ secret: string }>`
        select secret from governance_totp where staff_id = ${staff.id}`.execute(desk.db)
      return found.rows[0]?.secret ?? ''
    }
    expect(await kept()).not.toContain(offer.secret)
    await sql`update governance_totp set secret = ${offer.secret} where staff_id = ${staff.id}`.execute(
      desk.db,
    )
    await sealSecrets(desk.db, vault)
    expect(vault.open(await kept(), staff.id)).toBe(offer.secret)
    const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
    const signs = async (given: string, when: Date, with_ = vault) =>
      (await signIn(desk.db, { vault: with_, login: 'dispatcher', password, code: given, at: when })).ok
    const other = vaultWith(Buffer.alloc(32, 8))
    expect(await signs(code(later(5)), later(5), other)).toBe(false)
    expect(await signs(code(later(10)), later(10))).toBe(true)
    expect(await signs(recovery[0] ?? '', later(15), other)).toBe(true)
  })

  async function enrolled(login: string, at: Date) {
    const { staff } = await signedIn(login, at)
    const offer = await beginTotp(desk.db, staff, { at, vault })
    if (!offer.ok) throw new Error(offer.fault.code)
    const totp = new TOTP({ secret: Secret.fromBase32(offer.value.secret) })
    const code = (when: Date) => totp.generate({ timestamp: when.getTime() })
    const codes = await confirmTotp(desk.db, staff, { vault, code: code(at), at })
    if (!codes.ok) throw new Error(codes.fault.code)
    return { staff, code, recovery: codes.value, offer: offer.value }
  }

  test('asks for a code once it was set up, and takes each code once', async () => {
    const at = nextDay()
    const { staff, code, offer } = await enrolled('manager5', at)
    expect(offer.uri).toMatch(/^otpauth:\/\/totp\/Weiwan:manager5\?.*secret=[A-Z2-7]{32}/)
    const attempt = async (given: string | undefined, when: Date) => {
      const result = await signIn(desk.db, { vault, login: 'manager5', password, code: given, at: when })
      return result.ok ? 'in' : result.fault.code
    }
    const later = plus(at, 5 * minute)
    expect(await attempt(undefined, later)).toBe('sign-in.code-needed')
    expect(await attempt(code(at), later)).toBe('sign-in.refused')
    expect(await attempt(code(later), later)).toBe('in')
    expect(await attempt(code(later), plus(later, 10))).toBe('sign-in.refused')
    const next = plus(later, 30)
    expect(await attempt(code(later), next)).toBe('sign-in.refused')
    expect(await attempt(code(next), next)).toBe('in')
    const [session] = await listSessions(desk.db, { staffId: staff.id }, next)
    expect(session?.way).toBe('totp')
  })

  test('does not say that a code was wrong when the password is', async () => {
    const at = nextDay()
    const result = await signIn(desk.db, {
      vault,
      login: 'manager5',
      password: 'not it at all',
      code: '000000',
      at,
    })
    expect(result).toMatchObject({ fault: { code: 'sign-in.refused' } })
  })

  test('lets in with each recovery code once, however it is typed; only hashes are kept', async () => {
    const at = nextDay()
    const { staff, recovery } = await enrolled('manager6', at)
    expect(recovery).toHaveLength(10)
    const [first = '', second = ''] = recovery
    await signedIn('manager6', plus(at, 60), { code: first.toUpperCase().replaceAll('-', ' ') })
    await expect(signedIn('manager6', plus(at, 61), { code: first })).rejects.toThrow('sign-in.refused')
    await signedIn('manager6', plus(at, 62), { code: second })
    expect(await totpState(desk.db, staff.id)).toMatchObject({ recoveryCodesLeft: 8 })
  })

  test('guesses of codes are paused like guesses of passwords', async () => {
    const at = nextDay()
    const { code } = await enrolled('clerk', at)
    for (let n = 0; n < 5; n++) {
      await expect(signedIn('clerk', plus(at, 60 + n), { code: '000000' })).rejects.toThrow('refused')
    }
    const soon = plus(at, 70)
    await expect(signedIn('clerk', soon, { code: code(soon) })).rejects.toThrow('sign-in.refused')
  })

  test('is set up by a right code only, not twice, and an administrator can end it', async () => {
    const at = nextDay()
    const { staff } = await signedIn('analyst', at)
    expect(await confirmTotp(desk.db, staff, { vault, code: '123456', at })).toMatchObject({
      fault: { code: 'totp.off' },
    })
    const offer = await beginTotp(desk.db, staff, { at, vault })
    expect(offer.ok).toBe(true)
    expect(await confirmTotp(desk.db, staff, { vault, code: '12345x', at })).toMatchObject({
      fault: { code: 'totp.code-wrong' },
    })
    await signedIn('analyst', plus(at, 10))
    const { staff: supervisor } = await enrolled('supervisor', nextDay())
    expect(await beginTotp(desk.db, supervisor, { at, vault })).toMatchObject({ fault: { code: 'totp.on' } })
    await endTotp(desk.db, { staffId: supervisor.id, by: 'staff_admin', at })
    await signedIn('supervisor', nextDay())
  })
})

test('a password is asked for again before what matters, and guessing it is paused', async () => {
  const at = nextDay()
  const prove = (given: string, n: number) =>
    provePassword(desk.db, { staffId: 'staff_dispatcher', password: given, at: plus(at, n) })
  expect(await prove(password, 0)).toMatchObject({ ok: true })
  for (let n = 1; n <= 5; n++) expect(await prove('guess number one', n)).toMatchObject({ ok: false })
  expect(await prove(password, 6)).toMatchObject({ fault: { code: 'password.wrong' } })
})

test('where a sign-in service is in use, only administrators sign in with a password', async () => {
  const at = nextDay()
  const attempt = (login: string) =>
    signIn(desk.db, { vault, login, password, at, isOnlyForAdministrators: true })
  expect(await attempt('campaign')).toMatchObject({ fault: { code: 'sign-in.passwords-closed' } })
  expect(await attempt('admin')).toMatchObject({ ok: true })
})
