import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#kernel'
import { copyOfCity, today } from './support/city.ts'

const root = path.join(import.meta.dirname, '..')
let city: ReturnType<typeof copyOfCity>
beforeAll(() => {
  city = copyOfCity()
})
afterAll(() => city.remove())

function weiwan(...words: string[]) {
  const done = spawnSync(path.join(root, 'weiwan'), [...words, '--data', city.folder, '--json'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: undefined },
  })
  const answer = done.stdout === '' ? undefined : JSON.parse(done.stdout)
  return { code: done.status, answer, notes: done.stderr }
}

test('the audit is listed, verified, exported and sealed from the command line, and says when it was changed', () => {
  expect(weiwan('setting', 'set', 'unmasksPerDay', '7')).toMatchObject({ code: 0 })
  const settings = weiwan('setting', 'list').answer as readonly { id: string; value: number }[]
  expect(settings.find(s => s.id === 'unmasksPerDay')?.value).toBe(7)
  const list = weiwan('audit', 'list', '--act', 'setting.change')
  expect(list).toMatchObject({
    code: 0,
    answer: { total: 1, rows: [{ by: null, subject: 'setting:unmasksPerDay' }] },
  })
  const verified = weiwan('audit', 'verify')
  expect(verified).toMatchObject({ code: 0, answer: { broken: null } })
  const { position, hash } = verified.answer.end
  expect(weiwan('audit', 'verify', '--expect', `${position}:${hash}`).code).toBe(0)
  expect(weiwan('audit', 'verify', '--expect', `${position + 99}:${hash}`)).toMatchObject({
    code: 1,
    answer: { broken: { why: { code: 'shortened' } } },
  })
  expect(weiwan('audit', 'verify', '--expect', 'x').code).toBe(2)

  const out = path.join(city.folder, 'sealed.jsonl')
  const seal = ['audit', 'seal', '--before', '2099-01-01', '--out', out, '--why', 'kept long enough']
  expect(weiwan(...seal).code).toBe(2)
  expect(existsSync(out)).toBe(false)
  expect(weiwan(...seal, '--yes').code).toBe(0)
  expect(weiwan('audit', 'verify')).toMatchObject({ code: 0, answer: { broken: null } })
  expect(weiwan('audit', 'verify', '--file', out).code).toBe(0)
  writeFileSync(out, readFileSync(out, 'utf8').replace('setting.change', 'setting.chance'))
  expect(weiwan('audit', 'verify', '--file', out)).toMatchObject({
    code: 1,
    answer: { broken: { why: { code: 'changed' } } },
  })
})

test('requests are listed for whoever decides them; nobody is found for a login that nobody has', () => {
  expect(weiwan('approval', 'list', '--staff', 'admin')).toMatchObject({
    code: 0,
    answer: { rows: [], waiting: 0 },
  })
  expect(weiwan('approval', 'show', '1', '--staff', 'admin')).toMatchObject({ code: 1 })
  expect(weiwan('approval', 'approve', 'x', '--staff', 'admin', '--comment', 'seen').notes).toContain(
    'approval.unknown',
  )
  expect(weiwan('approval', 'list', '--staff', 'nobody').notes).toContain('staff.unknown')
})

test('a list for a campaign and its campaign are made, agreed to and tried from the command line', () => {
  const as = (...words: string[]) => weiwan(...words, '--staff', 'campaign')
  const tasks = as('tasks').answer as { rows: { subscriberId: string }[] }
  const file = path.join(city.folder, 'named.csv')
  writeFileSync(file, ['subscriber', ...new Set(tasks.rows.map(row => row.subscriberId))].join('\n'))
  const made = as('list', 'import', file, '--title', '秋季', '--reason', '县里提名')
  expect(made).toMatchObject({ code: 0, answer: { list: { action: null, counts: { added: 0 } } } })
  const list = Number(made.answer.list.id)
  const submitted = as('list', 'submit', String(list)).answer as { approvalId: number }
  const agreed = ['approval', 'approve', String(submitted.approvalId), '--comment', 'agreed']
  expect(weiwan(...agreed, '--staff', 'supervisor2').code).toBe(0)
  const plan = path.join(city.folder, 'plan.json')
  writeFileSync(plan, JSON.stringify({ ...listPlan, target: { list } }))
  expect(as('campaign', 'check', plan).answer).toMatchObject({ listed: made.answer.list.counts.kept })
  const { id } = as('campaign', 'add', plan).answer as { id: number }
  const sent = as('campaign', 'test-send', String(id))
  expect(sent).toMatchObject({ code: 0, answer: { number: expect.stringContaining('****') } })
  expect(weiwan('staff', 'phone', 'campaign')).toMatchObject({ code: 0 })
  expect(as('campaign', 'test-send', String(id)).notes).toContain('staff.no-phone')
  expect(weiwan('staff', 'phone', 'campaign', 'none').notes).toContain('staff.phone')
})

const listPlan = {
  title: { zh: '名单关怀', en: 'Care for a list' },
  offer: 'recharge_30_data_1g',
  purpose: 'selling',
  channels: ['sms'],
  period: { from: today, to: addDays(today, 5) },
  budgetFen: 1_000_000,
  perDayMax: 100,
  minutes: 0,
  valueFen: 1_000,
  controlPercent: 10,
  success: { kind: 'stayed', withinDays: 3 },
}

test('personal data are written out and erased only after a yes', () => {
  const tasks = weiwan('tasks', '--staff', 'supervisor').answer as {
    rows: readonly { subscriberId: string }[]
  }
  const id = tasks.rows[0]?.subscriberId ?? ''
  const out = path.join(city.folder, 'person')
  expect(weiwan('personal-data', 'export', id, '--out', out, '--why', 'asked')).toMatchObject({ code: 0 })
  expect(existsSync(path.join(out, 'everything.json'))).toBe(true)
  expect(weiwan('personal-data', 'export', 'nobody', '--out', out, '--why', 'asked').notes).toContain(
    'subscriber.unknown',
  )
  expect(weiwan('personal-data', 'erase', id, '--why', 'asked').code).toBe(2)
  expect(weiwan('personal-data', 'erase', id, '--why', 'asked', '--yes')).toMatchObject({ code: 0 })
  const after = weiwan('tasks', '--staff', 'supervisor').answer as typeof tasks
  expect(after.rows.length).toBe(tasks.rows.length)
  expect(after.rows.filter(row => row.subscriberId === id)).toEqual([])
  const log = weiwan('audit', 'list', '--subscriber', id).answer as {
    rows: readonly { act: { code: string } }[]
  }
  expect(log.rows.map(r => r.act.code)).toEqual(
    expect.arrayContaining(['personal-data.export', 'personal-data.erase']),
  )
})
