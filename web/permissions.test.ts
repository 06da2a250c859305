import { expect, test } from 'vitest'
import { pagesFor } from './permissions.ts'

test('an account manager begins at the list and finds no page that would be refused', () => {
  expect(pagesFor(['rule.look', 'subscriber.look', 'task.look', 'task.work'])).toEqual([
    'tasks',
    'subscribers',
    'rules',
  ])
})

test('an administrator, who sees no tasks, begins at the nights', () => {
  expect(pagesFor(['night.look', 'feed.look', 'staff.change'])[0]).toBe('nights')
})
