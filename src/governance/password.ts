import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Fault } from '#kernel'
import { passwordGuessable, passwordLong, passwordShort } from './faults.ts'

const charactersMin = 10
const bytesMax = 200

/** argon2id with the library's parameters (19 MiB, 2 passes), kept inside the hash. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'))
}

export function isPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'))
}

/** What is wrong with a new password; undefined when nothing is. */
export function passwordFault(password: string, login: string): Fault | undefined {
  const plain = password.normalize('NFKC').toLowerCase()
  if (Array.from(plain).length < charactersMin) return passwordShort(charactersMin)
  if (Buffer.byteLength(password) > bytesMax) return passwordLong(bytesMax)
  const isUsual = usual.some(word => plain.replaceAll(/[^a-z]/g, '') === word) || /^\d+$/.test(plain)
  return isUsual || plain.includes(login) || new Set(plain).size < 5 ? passwordGuessable() : undefined
}

/** Letters of passwords that everyone tries first, whatever digits and signs surround them. */
const usual = [
  'password',
  'passwd',
  'qwerty',
  'qwertyuiop',
  'admin',
  'administrator',
  'letmein',
  'welcome',
  'weiwan',
]

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to be used once and changed: easy to read aloud, 79 bits. */
export function oneTimePassword(): string {
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(''),
  )
  return groups.join('-')
}
