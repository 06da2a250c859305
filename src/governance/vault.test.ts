import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openVault } from './vault.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weiwan-vault-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what is sealed opens with the key of the same folder, for the same one, and for nobody else', async () => {
  const vaults = await Promise.all(Array.from({ length: 5 }, () => openVault(folder)))
  const sealed = vaults.map(vault => vault.seal('JBSWY3DPEHPK3PXP', 'staff_a'))
  expect(new Set(sealed).size).toBe(5)
  for (const vault of vaults)
    expect(sealed.map(text => vault.open(text, 'staff_a'))).toEqual(Array(5).fill('JBSWY3DPEHPK3PXP'))
  expect(sealed.map(text => vaults[0]?.open(text, 'staff_b'))).toEqual(Array(5).fill(undefined))
  const other = await openVault(path.join(folder, 'other'))
  expect(other.open(sealed[0] ?? '', 'staff_a')).toBeUndefined()
})

test('what was changed, cut short or never sealed opens for nobody', async () => {
  const vault = await openVault(folder)
  const sealed = vault.seal('secret', 'a')
  const changed = sealed.slice(0, 20) + (sealed[20] === 'A' ? 'B' : 'A') + sealed.slice(21)
  for (const text of [changed, sealed.slice(0, 20), 'JBSWY3DPEHPK3PXP', '', 'v1.'])
    expect(vault.open(text, 'a')).toBeUndefined()
})

test('the key is one file that only its owner may read', () => {
  const keys = path.join(folder, 'keys')
  expect(readdirSync(keys)).toEqual(['second-step.key'])
  expect(statSync(path.join(keys, 'second-step.key')).mode & 0o777).toBe(0o600)
})
