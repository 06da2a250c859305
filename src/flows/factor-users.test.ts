import path from 'node:path'
import { expect, test } from 'vitest'
import { readCatalogue } from './catalogue.ts'
import { policyFactors, whatUses } from './what-uses.ts'

const catalogue = await readCatalogue(path.join(import.meta.dirname, '../../catalogue'))
const users = whatUses(catalogue)

test('whoever uses a factor is named: the factors made from it, rules, warnings and policies, directly or through others', () => {
  expect(users.get('arpu_3m')).toMatchObject({
    factors: expect.arrayContaining(['plan_fee_to_arpu']),
    rules: expect.arrayContaining(['arpu_falls']),
    warnings: ['daily', 'weekly_anomaly'],
    policies: ['daily'],
  })
  // A rule asks for the age of the contract's end, not for the end itself.
  expect(users.get('contract_ends_on')?.rules).toContain('contract_ending')
})

test('every factor that a rule asks about says so, and so does everything that factor is made from', () => {
  for (const rule of catalogue.rules) {
    for (const id of rule.uses) {
      expect(users.get(id)?.rules, id).toContain(rule.id)
      for (const needed of catalogue.factors.byId.get(id)?.needs ?? [])
        expect(users.get(needed)?.rules, needed).toContain(rule.id)
    }
  }
})

test('what lists are decided on is a factor, and names the policy', () => {
  for (const id of policyFactors(catalogue)) expect(users.get(id)?.policies, id).toEqual(['daily'])
})

test('a factor that nothing uses has no users', () => {
  expect(users.get('plan_name')).toEqual({ factors: [], rules: [], warnings: [], policies: [] })
})
