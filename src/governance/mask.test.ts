import { expect, test } from 'vitest'
import { masked, shownTo } from './mask.ts'
import { builtInRoles, can, type Role } from './roles.ts'

const holder = (role: Role) => ({
  permissions: new Set(builtInRoles.find(r => r.code === role)?.permissions),
})

test.each([
  ['13812345678', 'number', '138****5678'],
  ['075512345678', 'number', '075*****5678'],
  ['10010', 'number', '1****'],
  ['1', 'number', '*'],
  ['', 'number', ''],
  ['张伟', 'name', '张*'],
  ['𠮷', 'name', '*'],
  ['欧阳娜娜', 'name', '欧***'],
  ['440106199001011234', 'document', '4401**********1234'],
] as const)('%s as a %s is shown as %s', (plain, kind, shown) => {
  expect(masked(plain, kind)).toBe(shown)
})

test('who calls the customer sees the number; who only counts does not; documents nobody', () => {
  expect(shownTo(holder('account_manager'), '13812345678', 'number')).toBe('13812345678')
  expect(shownTo(holder('analyst'), '13812345678', 'number')).toBe('138****5678')
  expect(shownTo(holder('administrator'), '张伟', 'name')).toBe('张*')
  expect(shownTo(holder('clerk'), '440106199001011234', 'document')).toBe('4401**********1234')
  expect(shownTo(holder('clerk'), null, 'number')).toBeNull()
})

test('a role may do what its list says and nothing else', () => {
  expect(can(holder('account_manager'), 'task.work')).toBe(true)
  expect(can(holder('analyst'), 'task.work')).toBe(false)
  expect(can(holder('administrator'), 'subscriber.look')).toBe(false)
})
