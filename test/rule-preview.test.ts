import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine, listRules, rulePreview } from '#flows'
import { listStaff, organisation, responsibleFor } from '#governance'
import { everybody, type Result, type RowScope } from '#kernel'
import { type Caller, type Journey, journey, today } from './support/city.ts'
import { tableOf } from './support/placed.ts'

let city: Journey
let campaign: Caller
beforeAll(async () => {
  city = await journey()
  campaign = await city.as('campaign')
})
afterAll(() => city.close())

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.en}`)
  return result.value
}

const askerWith = (scope: RowScope) => ({ ...commandLine, scope })
const low = { op: 'lt', factor: 'balance', value: 1500 } as const

/** Every kind of scope there is in the city: everybody, the root, a county, a manager's own, several, nobody. */
async function scopes(): Promise<readonly RowScope[]> {
  const { db } = city.application.desk
  const units = await organisation(db)
  const counties = units.filter(unit => unit.level === 'county')
  const managers = (await listStaff(db)).filter(one => one.roles.includes('account_manager'))
  const county: RowScope = { kind: 'branch', nodePath: counties[0]?.path ?? '' }
  const own: RowScope = { kind: 'own', managerIds: managers.slice(0, 2).map(one => one.id) }
  const other: RowScope = { kind: 'branch', nodePath: counties[1]?.path ?? '' }
  return [
    everybody,
    { kind: 'branch', nodePath: units[0]?.path ?? '' },
    county,
    own,
    { kind: 'several', of: [other, own] },
    { kind: 'several', of: [] },
  ]
}

describe('what is counted', () => {
  test('is for every rule and every scope what the night counted', async () => {
    const { application } = city
    const drafts = application.catalogue.rules.map(({ id, condition, parameters }) => ({
      id,
      draft: { condition, parameters },
    }))
    for (const scope of await scopes()) {
      const night = value(await listRules(application, scope))
      const counted = []
      for (const { id, draft } of drafts) {
        const found = value(await rulePreview.count(application, askerWith(scope), { draft }))
        counted.push([id, found.count, found.count === null ? null : found.of])
      }
      expect(counted).toEqual(night.rules.map(r => [r.id, r.count, r.of]))
    }
    const [first] = drafts
    const { snapshot } = value(
      await rulePreview.count(application, commandLine, { draft: first?.draft ?? { condition: low } }),
    )
    expect(snapshot).toMatchObject({ asOf: today, finishedAt: expect.stringMatching(/Z$/) })
  })

  test('spreads over value, stage, brand and branch without losing anybody', async () => {
    const { application } = city
    for (const scope of await scopes()) {
      const asker = askerWith(scope)
      const counted = value(await rulePreview.count(application, asker, { draft: { condition: low } }))
      const seen = value(await rulePreview.picture(application, asker, { draft: { condition: low } }))
      expect(seen.cells.reduce((sum, cell) => sum + cell.count, 0)).toBe(counted.count)
      expect(seen.sample.length).toBe(Math.min(20, counted.count ?? 0))
      const ids = seen.sample.map(row => row.id)
      const held = await responsibleFor(application.desk.db, scope, ids)
      expect([...held.keys()].toSorted()).toEqual(ids.toSorted())
    }
  })

  test('overlaps with the rules in force as each pair counts', async () => {
    const { application } = city
    const rules = value(await listRules(application, everybody)).rules.filter(r => r.state === 'on')
    const found = value(await rulePreview.overlap(application, commandLine, { draft: { condition: low } }))
    expect(found.rules.map(r => r.id)).toEqual(rules.map(r => r.id))
    expect(found.rules.map((_, i) => found.both[i + 1]?.[i + 1])).toEqual(rules.map(r => r.count))
    const counted = value(await rulePreview.count(application, commandLine, { draft: { condition: low } }))
    expect(found.both[0]?.[0]).toBe(counted.count)
  })

  test('moves with its thresholds', async () => {
    const { status, body } = await campaign.ask('varyDraft', { body: { condition: low } })
    expect(status).toBe(200)
    const [threshold] = (body as { thresholds: { tries: { value: number; count: number }[] }[] }).thresholds
    const counts = threshold?.tries.map(t => t.count) ?? []
    expect(counts.length).toBeGreaterThan(3)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  })
})

describe('somebody who tries a rule', () => {
  test('sees numbers and names as the role allows, and it is in the audit', async () => {
    const { status, body } = await campaign.ask('pictureDraft', {
      body: { condition: low, action: 'ask_recharge' },
    })
    const seen = body as {
      sample: { id: string; number: string; customerName: string }[]
      capacity: object[]
    }
    expect(status).toBe(200)
    expect(seen.sample.length).toBeGreaterThan(0)
    for (const row of seen.sample) {
      expect(row.number).toContain('*')
      expect(row.customerName).toContain('*')
    }
    expect(seen.capacity.length).toBeGreaterThan(0)
    const audit = (await (await city.as('admin')).ask('listAudit', { query: { act: 'rule.preview' } })).body
    const [newest] = (audit as { rows: { by: { name: { en: string } } | null; subscribers: string[] }[] })
      .rows
    expect(newest?.by?.name.en).toBe('Wang Qiang 2')
    expect(newest?.subscribers.toSorted()).toEqual(seen.sample.map(row => row.id).toSorted())
  })

  test.each([
    ['a factor that is not there', { op: 'lt', factor: 'no_such_factor', value: 1 }, 'rule.unknown-factor'],
    [
      'a comparison the type has not',
      { op: 'contains', factor: 'balance', value: 'x' },
      'rule.wrong-operator',
    ],
    ['a value of another type', { op: 'lt', factor: 'balance', value: 'much' }, 'rule.wrong-value'],
    ['half a condition', { op: 'all', of: [] }, 'catalogue.malformed'],
  ])('is told of %s, and of no count', async (_, condition, code) => {
    const { status, body } = await campaign.ask('countDraft', { body: { condition } })
    expect({ status, code: (body as { code: string }).code }).toEqual({ status: 400, code })
  })

  test('may ask for a tag as soon as it is in force, and is told that no night has given it yet', async () => {
    const named = { zh: '余额很低', en: 'very low balance' }
    const tag = {
      id: 'made_here',
      group: 'consumption',
      title: named,
      means: named,
      owner: 'x',
      source: 'rule',
    }
    const asking = (factor: string) =>
      campaign.ask('countDraft', { body: { condition: { op: 'is_true', factor } } })
    expect((await campaign.ask('saveTag', { body: { tag: { ...tag, condition: { ...low } } } })).status).toBe(
      200,
    )
    expect((await asking('tag.made_here')).body).toMatchObject({ code: 'rule.unknown-factor' })
    expect((await campaign.ask('activateTag', { parts: { id: tag.id } })).status).toBe(200)
    expect((await asking('tag.made_here')).body).toMatchObject({
      count: null,
      held: { why: 'off', en: expect.stringContaining('not worked out') },
      sentence: { zh: '有标签“余额很低”' },
    })
    const circular = { ...tag, condition: { op: 'is_true', factor: 'tag.made_here' } }
    expect((await campaign.ask('saveTag', { body: { tag: circular } })).body).toMatchObject({
      code: 'rule.unknown-factor',
    })
  })

  test('who has left is not waited for', async () => {
    const signal = AbortSignal.abort()
    const found = await rulePreview.count(city.application, commandLine, {
      draft: { condition: low },
      signal,
    })
    expect(found).toMatchObject({ ok: false, fault: { code: 'work.stopped' } })
  })
})

describe('where subscribers sit', () => {
  test('is on the shelf as the desk has it', async () => {
    const { application } = city
    const rows = await tableOf(application, today)
    const desk = await responsibleFor(
      application.desk.db,
      everybody,
      rows.map(row => row.subscriberId),
    )
    expect(rows.length).toBeGreaterThan(500)
    expect(rows).toEqual(
      rows.map(row => {
        const { managerId, nodePath } = desk.get(row.subscriberId) ?? { managerId: '?', nodePath: '?' }
        return { ...row, managerId, nodePath }
      }),
    )
  })

  test('follows a unit that moves: who may see its customers counts them at once', async () => {
    const { application } = city
    const units = await organisation(application.desk.db)
    const [first, second] = units.filter(unit => unit.level === 'county')
    const grid = units.find(unit => unit.level === 'grid' && unit.parentId === first?.id)
    if (first === undefined || second === undefined || grid === undefined) throw new Error('no two counties')
    const all = { condition: { op: 'present', factor: 'balance' } }
    const countIn = async (nodePath: string) =>
      value(await rulePreview.count(application, askerWith({ kind: 'branch', nodePath }), { draft: all }))
        .count
    const before = [await countIn(first.path), await countIn(second.path), await countIn(grid.path)]
    const admin = await city.as('admin')
    const move = (parentId: string) =>
      admin.ask('setUnit', { body: { id: grid.id, parentId, level: 'grid', name: grid.name } })
    expect((await move(second.id)).status).toBe(200)
    const moved = `${second.path}${grid.id}/`
    const after = [await countIn(first.path), await countIn(second.path), await countIn(moved)]
    expect(Number(before[2])).toBeGreaterThan(0)
    expect(after).toEqual([
      Number(before[0]) - Number(before[2]),
      Number(before[1]) + Number(before[2]),
      before[2],
    ])
    expect((await move(first.id)).status).toBe(200)
  })

  test('that was not kept is a fault, for whoever may see everything too', async () => {
    const { application } = city
    rmSync(path.join(application.shelf.root, 'placed'), { recursive: true })
    for (const scope of await scopes()) {
      const found = await rulePreview.count(application, askerWith(scope), { draft: { condition: low } })
      expect(found).toMatchObject({ ok: false, fault: { code: 'scope.not-kept' } })
    }
  })
})
