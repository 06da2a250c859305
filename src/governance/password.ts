import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { DeskDb } from '#desk'
import type { Fault } from '#kernel'
import { passwordGuessable, passwordLong, passwordShort } from './faults.ts'
import { passwordUsedBefore } from './sign-in-faults.ts'
import { signInTables } from './sign-in-tables.ts'

const charactersMin = 10
const bytesMax = 200
/** The present password and this many before it may not come back. */
const pastKept = 4

/** argon2id with the library's parameters (19 MiB, 2 passes), kept inside the hash. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'))
}

export function isPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'))
}

/** What is wrong with a new password; undefined when nothing is. */
export async function passwordFault(password: string, login: string): Promise<Fault | undefined> {
  const plain = password.normalize('NFKC').toLowerCase()
  if (Array.from(plain).length < charactersMin) return passwordShort(charactersMin)
  if (Buffer.byteLength(password) > bytesMax) return passwordLong(bytesMax)
  const isWeak = plain.includes(login) || new Set(plain).size < 5 || /^\d+$/.test(plain)
  return isWeak || (await isCommon(plain)) ? passwordGuessable() : undefined
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password or code to be used once: easy to read aloud, 79 bits. */
export function oneTimePassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(''),
  )
  return groups.join('-')
}

const ours = ['weiwan', 'weiwandemo', 'retention', 'administrator']
let common: ReadonlySet<string> | undefined

/** Whether everyone tries it first: as it stands, without the digits and signs around it, or with letters put for them. */
async function isCommon(plain: string): Promise<boolean> {
  if (common === undefined) {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    common = new Set([...dictionary['passwords-common'], ...ours])
  }
  const core = plain.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const spelled = plain.replaceAll(/[013457@$!]/g, sign => letterFor[sign] ?? sign)
  const forms = [plain, core, core.replaceAll(/[^a-z]/g, ''), spelled, onlyLetters(core)]
  const known = common
  return forms.some(form => form.length > 2 && known.has(form))
}

function onlyLetters(core: string): string {
  return core.replaceAll(/[013457@$!]/g, sign => letterFor[sign] ?? sign).replaceAll(/[^a-z]/g, '')
}

const letterFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Fault password.used-before when it is the present one or one of the last few. */
export async function pastFault(
  db: DeskDb,
  staffId: string,
  given: { readonly password: string; readonly presentHash: string },
): Promise<Fault | undefined> {
  const past = await signInTables(db)
    .selectFrom('governance_password_past')
    .select('password_hash')
    .where('staff_id', '=', staffId)
    .orderBy('until_at', 'desc')
    .limit(pastKept)
    .execute()
  for (const passwordHash of [given.presentHash, ...past.map(row => row.password_hash)]) {
    if (await isPassword(given.password, passwordHash)) return passwordUsedBefore(pastKept + 1)
  }
  return undefined
}

/** Keeps the hash that ends now, and no more of the older ones than are asked about. */
export async function rememberPast(
  db: DeskDb,
  staffId: string,
  past: { readonly passwordHash: string; readonly at: Date },
): Promise<void> {
  const tables = signInTables(db)
  await tables
    .insertInto('governance_password_past')
    .values({ staff_id: staffId, password_hash: past.passwordHash, until_at: past.at })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const kept = tables
    .selectFrom('governance_password_past')
    .select('password_hash')
    .where('staff_id', '=', staffId)
    .orderBy('until_at', 'desc')
    .limit(pastKept)
  await tables
    .deleteFrom('governance_password_past')
    .where('staff_id', '=', staffId)
    .where('password_hash', 'not in', kept)
    .execute()
}
