import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine, listRules, ruleDesk, rulePreview, runNight, showNight, workTheDay } from '#flows'
import { listStaff, responsibleFor } from '#governance'
import { addDays, everybody, type Result } from '#kernel'
import { warningsOn } from '#warnings'
import { openCity, stepCity } from '#world'
import { type Caller, type Journey, journey, today } from './support/city.ts'

let city: Journey
let campaign: Caller
let admin: Caller
beforeAll(async () => {
  city = await journey()
  campaign = await city.as('campaign')
  admin = await city.as('admin')
})
afterAll(() => city.close())

const poor = {
  id: 'poor_and_quiet',
  title: { zh: '余额低且沉默', en: 'poor and quiet' },
  means: { zh: '余额低', en: 'balance is low' },
  owner: 'retention_planning',
  points: 14,
  action: 'ask_recharge',
  parameters: [
    {
      id: 'below',
      title: { zh: '余额门槛', en: 'balance below' },
      type: 'money',
      unit: 'fen',
      min: 0,
      max: 100_000,
      default: 2_000,
    },
  ],
  condition: { op: 'lt', factor: 'balance', value: { param: 'below' } },
  tests: [
    { values: { balance: 1_999 }, matches: true },
    { values: { balance: 2_000 }, matches: false },
    { values: {}, matches: false },
  ],
} as const

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.en}`)
  return result.value
}

/** Asks beside the factors: a tag, the level of this morning's warning, and what was entered since the morning before. */
const beside = {
  ...poor,
  id: 'asks_beside',
  points: 0,
  parameters: [],
  condition: {
    op: 'any',
    of: [
      { op: 'entered', of: { op: 'lt', factor: 'balance', value: 2_000 } },
      {
        op: 'all',
        of: [
          { op: 'one_of', factor: 'warned.daily', values: ['high', 'medium'] },
          { op: 'is_false', factor: 'tag.newcomer_first_month' },
          { op: 'is', factor: 'segment.value', value: 'high' },
        ],
      },
    ],
  },
  tests: [
    { values: { balance: 1_999, 'before.balance': 2_000 }, matches: true },
    { values: { balance: 1_999, 'before.balance': 1_000 }, matches: false },
    {
      values: { 'warned.daily': 'high', 'tag.newcomer_first_month': false, 'segment.value': 'high' },
      matches: true,
    },
  ],
} as const

const save = (rule: object) => campaign.ask('saveRule', { body: { rule: { ...rule } } })
const codeOf = (reply: { readonly status: number; readonly body: unknown }) => ({
  status: reply.status,
  code: (reply.body as { code?: string }).code,
})

async function inForce(id: string) {
  const { rules } = value(await listRules(city.application, everybody))
  return rules.find(r => r.id === id)
}

async function askAndApprove(id: string, more: { readonly despite?: boolean } = {}) {
  const asked = await campaign.ask('activateRule', { parts: { id }, body: { reason: 'tried it', ...more } })
  expect(asked.status).toBe(200)
  const { approval } = asked.body as { approval: number }
  const parts = { id: String(approval) }
  const approved = await admin.ask('approve', { parts, body: { comment: 'looks right' } })
  expect(approved.status).toBe(200)
  return approval
}

describe('a draft', () => {
  test.each([
    [
      'whom it must match is not matched',
      { ...poor, tests: [{ values: { balance: 9_999 }, matches: true }] },
      'rule.test-failed',
    ],
    [
      'a test is about another factor',
      { ...poor, tests: [{ values: { arpu_3m: 1 }, matches: true }] },
      'rule.test-strange',
    ],
    [
      'a test gives a text for money',
      { ...poor, tests: [{ values: { balance: 'x' }, matches: true }] },
      'rule.test-value',
    ],
    [
      'a test names nobody of one’s own',
      { ...poor, tests: [{ subscriber: 'nobody', matches: true }] },
      'subscriber.unknown',
    ],
    [
      'it ends before it begins',
      { ...poor, validFrom: '2026-09-20', validTo: '2026-09-20' },
      'rule.validity-empty',
    ],
    [
      'a factor is not there',
      { ...poor, tests: [], parameters: [], condition: { op: 'is_true', factor: 'no_such' } },
      'rule.unknown-factor',
    ],
  ])('is not kept when %s', async (_, rule, code) => {
    const reply = await save(rule)
    expect(codeOf(reply).code).toBe(code)
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect((await campaign.ask('listRuleVersions', { parts: { id: poor.id } })).status).toBe(404)
  })

  test('is kept when its tests hold, also those about a subscriber of one’s own, and no night asks it', async () => {
    const { application } = city
    const { sample } = (
      await campaign.ask('pictureDraft', {
        body: { condition: poor.condition, parameters: [...poor.parameters] },
      })
    ).body as { sample: { id: string }[] }
    const own = sample[0]?.id ?? ''
    const reply = await save({ ...poor, tests: [...poor.tests, { subscriber: own, matches: true }] })
    expect(reply).toMatchObject({ status: 200, body: { id: poor.id, version: 1 } })
    expect(codeOf(await save({ ...poor, tests: [{ subscriber: own, matches: false }] })).code).toBe(
      'rule.test-failed',
    )
    expect(await inForce(poor.id)).toMatchObject({ life: 'draft', state: 'off', count: null })
    const keysSeenBy = async (login: string) => {
      const { body } = await (await city.as(login)).ask('listRuleVersions', { parts: { id: poor.id } })
      const [draft] = (body as { versions: { content: { tests: { subscriber?: string }[] } }[] }).versions
      return draft?.content.tests.flatMap(t => t.subscriber ?? [])
    }
    const placed = (await responsibleFor(application.desk.db, everybody, [own])).get(own)
    const staff = await listStaff(application.desk.db)
    const stranger = staff.find(s => s.roles.includes('account_manager') && s.id !== placed?.managerId)
    expect(await keysSeenBy('campaign')).toEqual([own])
    expect(await keysSeenBy(stranger?.login ?? '')).toEqual([])
  })
})

describe('what nobody expects', () => {
  test('is said before it is put into force, and done only despite that', async () => {
    await save({
      ...poor,
      id: 'finds_nobody',
      condition: { op: 'lt', factor: 'balance', value: -1e9 },
      parameters: [],
      tests: [],
    })
    const parts = { id: 'finds_nobody' }
    const refused = await campaign.ask('activateRule', { parts, body: { reason: 'just so' } })
    expect(codeOf(refused)).toEqual({ status: 409, code: 'rule.surprising' })
    await save({
      ...poor,
      id: 'finds_all',
      condition: {
        op: 'any',
        of: [
          { op: 'present', factor: 'balance' },
          { op: 'missing', factor: 'balance' },
        ],
      },
      parameters: [],
      tests: [],
    })
    const all = await campaign.ask('activateRule', {
      parts: { id: 'finds_all' },
      body: { reason: 'just so' },
    })
    expect(codeOf(all)).toEqual({ status: 409, code: 'rule.surprising' })
    const despite = await campaign.ask('activateRule', { parts, body: { reason: 'just so', despite: true } })
    expect(despite.status).toBe(200)
    const { approval } = despite.body as { approval: number }
    const shown = (await admin.ask('showApproval', { parts: { id: String(approval) } })).body as {
      changes: { field: { en: string }; after: { en: string } }[]
    }
    expect(shown.changes.find(c => c.field.en === 'mind')?.after.en).toContain('matches none')
    const waiting = await save({ ...poor, id: 'finds_nobody', points: 1 })
    expect(codeOf(waiting).code).toBe('rule.waiting')
    const rejected = await admin.ask('reject', {
      parts: { id: String(approval) },
      body: { comment: 'finds nobody' },
    })
    expect(rejected.status).toBe(200)
    expect(await inForce('finds_nobody')).toMatchObject({ life: 'draft' })
  })
})

describe('a version', () => {
  test('is put into force by a second person, never by whoever made it', async () => {
    const parts = { id: poor.id }
    const asked = await campaign.ask('activateRule', { parts, body: { reason: 'tried it' } })
    const { approval } = asked.body as { approval: number }
    const own = await campaign.ask('approve', { parts: { id: String(approval) }, body: { comment: 'mine' } })
    expect(codeOf(own)).toEqual({ status: 403, code: 'approval.own' })
    const approved = await admin.ask('approve', {
      parts: { id: String(approval) },
      body: { comment: 'right' },
    })
    expect(approved.status).toBe(200)
    expect(await inForce(poor.id)).toMatchObject({ life: 'active', version: 1 })
  })

  test('that asks beside the factors is kept and put into force like any other; one that warns may not ask for warnings', async () => {
    expect(codeOf(await save({ ...beside, points: 5 }))).toEqual({ status: 400, code: 'rule.asks-itself' })
    const unknown = { op: 'is_true', factor: 'tag.no_such' }
    expect(codeOf(await save({ ...beside, condition: unknown, tests: [] })).code).toBe('rule.unknown-factor')
    expect((await save(beside)).status).toBe(200)
    await askAndApprove(beside.id, { despite: true })
    expect(await inForce(beside.id)).toMatchObject({ life: 'active', version: 1 })
  })

  test('is what the night runs: it counts it, and what is worth points warns', async () => {
    const { application } = city
    await workTheDay(application, today)
    const lived = await openCity(path.join(application.dataFolder, 'city'))
    ;(await stepCity(lived, [])).close()
    const night = addDays(today, 1)
    value(await runNight(application, { day: night }))
    const found = await inForce(poor.id)
    expect(found).toMatchObject({ state: 'on', version: 1 })
    expect(found?.count).toBeGreaterThan(0)
    const warned = await warningsOn(application.desk.db, { day: night, plan: 'daily' }, { rowsMax: 5_000 })
    const own = warned.filter(w => w.signals.some(s => s.rule === poor.id))
    expect(own.length).toBe(found?.count)
    expect(await inForce('finds_nobody')).toMatchObject({ count: null, state: 'off' })
    const asked = await inForce(beside.id)
    expect(asked).toMatchObject({ state: 'on', version: 1 })
    expect(asked?.count).toBeGreaterThan(0)
    const draft = { condition: beside.condition }
    expect(value(await rulePreview.count(application, commandLine, { draft })).count).toBe(asked?.count)
    const picture = value(await rulePreview.picture(application, commandLine, { draft }))
    expect(picture.cells.reduce((sum, cell) => sum + cell.count, 0)).toBe(asked?.count)
    const { rules, both } = value(await rulePreview.overlap(application, commandLine, { draft }))
    const nth = 1 + rules.findIndex(r => r.id === beside.id)
    expect([both[0]?.[0], both[0]?.[nth], both[nth]?.[nth]]).toEqual([
      asked?.count,
      asked?.count,
      asked?.count,
    ])
    const id = picture.sample[0]?.id ?? ''
    const why = value(await ruleDesk.why(application, commandLine, { id }))
    expect(why.rules.find(r => r.id === beside.id)).toMatchObject({ holds: true, version: 1 })
  }, 300_000)

  test('holds for exactly those whom the night warned about, and what turned is what differs from the day before', async () => {
    const { application } = city
    const night = addDays(today, 1)
    const warned = await warningsOn(application.desk.db, { day: night, plan: 'daily' }, { rowsMax: 5_000 })
    const worth = new Set([poor, ...application.catalogue.rules].flatMap(r => (r.points > 0 ? [r.id] : [])))
    let turned = 0
    for (const { subscriberId, signals } of warned.slice(0, 60)) {
      const on = async (day: string) =>
        value(await ruleDesk.why(application, commandLine, { id: subscriberId, day }))
      const [now, before] = [await on(night), await on(today)]
      const held = now.rules.filter(r => r.holds && worth.has(r.id)).map(r => r.id)
      expect(held.toSorted()).toEqual(signals.map(s => s.rule).toSorted())
      const earlier = new Map(before.rules.map(r => [r.id, r.holds]))
      for (const rule of now.rules) {
        const then = rule.versionBefore === null ? undefined : rule.before
        expect([rule.id, then]).toEqual([rule.id, earlier.get(rule.id)])
        expect(rule.changed).toBe(rule.before !== null && rule.before !== rule.holds)
        if (!rule.changed) continue
        turned += 1
        expect(rule.flips.length).toBeGreaterThan(0)
        expect(rule.sentence.zh).toMatch(/由|仍为/)
      }
    }
    expect(turned).toBeGreaterThan(5)
    const nobody = await campaign.ask('whyRules', { parts: { id: 'nobody' } })
    expect(codeOf(nobody)).toEqual({ status: 404, code: 'subscriber.unknown' })
  }, 300_000)

  test('gives way to the next only when that is approved', async () => {
    const parameters = poor.parameters.map(p => ({ ...p, default: 1_000 }))
    const tests = [{ values: { balance: 999 }, matches: true }]
    const saved = await save({ ...poor, parameters, tests })
    expect(saved.body).toMatchObject({ version: 2 })
    expect(await inForce(poor.id)).toMatchObject({ version: 1, life: 'active' })
    const approval = await askAndApprove(poor.id)
    const { changes } = (await admin.ask('showApproval', { parts: { id: String(approval) } })).body as {
      changes: { before: { en: string } | null; after: { en: string } }[]
    }
    expect(changes.some(c => c.before?.en.includes('¥20.00') && c.after.en.includes('¥10.00'))).toBe(true)
    expect(await inForce(poor.id)).toMatchObject({ version: 2, life: 'active' })
    const [anybody] = await warningsOn(
      city.application.desk.db,
      { day: addDays(today, 1), plan: 'daily' },
      { rowsMax: 1 },
    )
    const versionOn = async (day: string) => {
      const id = anybody?.subscriberId ?? ''
      const { rules } = value(await ruleDesk.why(city.application, commandLine, { id, day }))
      return rules.find(r => r.id === poor.id)?.version
    }
    expect([await versionOn(addDays(today, 1)), await versionOn(today)]).toEqual([1, undefined])
    const { versions } = (await campaign.ask('listRuleVersions', { parts: { id: poor.id } })).body as {
      versions: { version: number; state: string; origin: string }[]
    }
    expect(versions.map(v => [v.version, v.state, v.origin])).toEqual([
      [2, 'active', 'console'],
      [1, 'retired', 'console'],
    ])
  })

  test('goes out as a file and comes in as it went; what differs is a draft', async () => {
    const { yaml } = (await campaign.ask('writeRule', { parts: { id: poor.id } })).body as { yaml: string }
    const again = await campaign.ask('importRules', { body: { yaml } })
    expect(again.body).toEqual({ saved: [], unchanged: 1 })
    const changed = await campaign.ask('importRules', {
      body: { yaml: yaml.replace('points: 14', 'points: 3') },
    })
    expect(changed.body).toEqual({ saved: [{ id: poor.id, version: 3 }], unchanged: 0 })
    const wrong = await campaign.ask('importRules', { body: { yaml: `${yaml}\n- {id: half}\n` } })
    expect(codeOf(wrong).code).toBe('catalogue.malformed')
    expect((wrong.body as { at?: { line?: number } }).at?.line).toBeGreaterThan(5)
  })

  test('of the catalogue is the first of its versions, changed and retired like any other', async () => {
    const { yaml } = (await campaign.ask('writeRule', { parts: { id: 'many_complaints' } })).body as {
      yaml: string
    }
    const body = { yaml: yaml.replace('default: 2', 'default: 3') }
    expect((await campaign.ask('importRules', { body })).body).toMatchObject({ saved: [{ version: 2 }] })
    await askAndApprove('many_complaints', { despite: true })
    expect(await inForce('many_complaints')).toMatchObject({ version: 2 })
    const parts = { id: 'many_complaints' }
    const retired = await campaign.ask('retireRule', { parts, body: { reason: 'replaced' } })
    expect(retired.body).toEqual({ id: 'many_complaints', version: 2 })
    expect(await inForce('many_complaints')).toBeUndefined()
    const { versions } = (await campaign.ask('listRuleVersions', { parts })).body as {
      versions: { state: string }[]
    }
    expect(versions.map(v => v.state)).toEqual(['retired', 'retired'])
  })

  test('that asks about a factor that is no more is said to be off, and is no zero', async () => {
    const { application } = city
    await application.desk.pool.query(
      `update rule_version set content = replace(content::text, '"balance"', '"gone_factor"')::jsonb where rule_id = '${poor.id}' and state = 'active'`,
    )
    const found = await inForce(poor.id)
    expect(found).toMatchObject({
      state: 'off',
      count: null,
      reason: { en: expect.stringContaining('gone_factor') },
    })
    value(await runNight(application, { day: addDays(today, 1) }))
    const night = value(await showNight(application, everybody, addDays(today, 1)))
    expect(night.held.find(h => h.ruleId === poor.id)?.reason.en).toContain('gone_factor')
  }, 300_000)
})

test('every act is in the audit, with who and which version', async () => {
  const { rows } = (await admin.ask('listAudit', { query: { pageSize: '100' } })).body as {
    rows: { act: { code: string }; subject: string; by: { id: string } | null }[]
  }
  const acts = rows.filter(r => r.subject === `rule:${poor.id}`).map(r => r.act.code)
  expect(new Set(acts)).toEqual(new Set(['rule.save', 'rule.activate']))
  expect(rows.filter(r => r.subject === 'rule:many_complaints').map(r => r.act.code)).toContain('rule.retire')
  expect(rows.filter(r => r.act.code.startsWith('rule.')).every(r => r.by !== null)).toBe(true)
})
