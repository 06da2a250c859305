import { expect, test } from 'vitest'
import { plainDate } from '#kernel'
import type { ListRow } from './book.ts'
import { whyNotForCampaign } from './for-campaign.ts'

const list: ListRow = {
  id: 1,
  title: '老客户',
  reason: '合约将到期',
  action: null,
  days: 7,
  controlPercent: 0,
  rule: null,
  staffId: 'staff_campaign',
  state: 'approved',
  approvalId: 1,
  firstDay: plainDate('2026-03-02'),
  madeAt: new Date('2026-03-01T02:00:00Z'),
}
const day = plainDate('2026-03-08')
const why = (other: Partial<ListRow> | undefined, people = 3, on = day) =>
  whyNotForCampaign({ list: other && { ...list, ...other }, people, day: on })?.code

test('a campaign begins with an approved list that makes no tasks, until its last morning', () => {
  expect(why({})).toBeUndefined()
  // Approved today, for the mornings from tomorrow on.
  expect(why({}, 3, plainDate('2026-03-01'))).toBeUndefined()
  expect(why({}, 3, plainDate('2026-03-09'))).toBe('list.expired')
})

test('with any other list it says why not', () => {
  expect(why(undefined)).toBe('list.unknown')
  expect(why({ action: 'keep' })).toBe('list.makes-tasks')
  for (const state of ['draft', 'waiting', 'refused', 'cancelled'] as const)
    expect(why({ state, firstDay: null })).toBe('list.not-approved')
  expect(why({ state: 'stopped' })).toBe('list.stopped')
  expect(why({}, 0)).toBe('list.empty')
})
