import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planShape } from '#campaigns'
import { runNight, workTheDay } from '#flows'
import { addDays, type PlainDate } from '#kernel'
import { endpoints } from '#wire'
import { openCity, stepCity } from '#world'
import { type Caller, type Journey, journey, today } from './support/city.ts'

const plan = {
  title: { zh: '低余额关怀', en: 'Low balance care' },
  target: { condition: { op: 'lt', factor: 'balance', value: 6000 } },
  offer: 'recharge_30_data_1g',
  purpose: 'selling' as const,
  channels: ['sms' as const],
  period: { from: '2026-09-15', to: '2026-09-19' },
  waves: [
    { from: '2026-09-15', percent: 60 },
    { from: '2026-09-17', percent: 40 },
  ],
  budgetFen: 100_000,
  perDayMax: 25,
  minutes: 0,
  // Dearer than what rules propose, so that members are the campaign's.
  valueFen: 1_000_000,
  controlPercent: 20,
  success: { kind: 'recharged' as const, withinDays: 3, atLeastFen: 3_000 },
}

let city: Journey
let planner: Caller
let supervisor: Caller
let id = ''

beforeAll(async () => {
  city = await journey()
  planner = await city.as('campaign')
  supervisor = await city.as('supervisor')
})
afterAll(() => city.close())

async function ask<T>(caller: Caller, ...question: Parameters<Caller['ask']>): Promise<T> {
  const reply = await caller.ask(...question)
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body))
  return reply.body as T
}

interface Effect {
  readonly pending: number
}

interface Shown {
  readonly id: number
  readonly version: number
  readonly state: { readonly code: string }
  readonly moves: readonly { readonly code: string }[]
  readonly report: {
    readonly members: { readonly treated: number; readonly control: number; readonly universal: number }
    readonly issued: number
    readonly spentFen: number
    readonly effect: Effect | null
    readonly universalEffect: Effect | null
  } | null
}

const show = () => ask<Shown>(planner, 'showCampaign', { parts: { id } })
const move = (to: 'launch' | 'pause' | 'resume' | 'close') =>
  planner.ask('moveCampaign', { parts: { id }, body: { move: to } })
const rows = async <T extends object>(text: string): Promise<T[]> =>
  (await city.application.desk.pool.query<T>(text)).rows
const decisions = (day: PlainDate) =>
  rows<{ subscriber_id: string; result: string; control_group: string | null; reason: string }>(
    `select subscriber_id, result, control_group, reason from task_decision where rule_id = 'campaign:${id}' and day = '${day}'`,
  )
const members = () =>
  rows<{ subscriber_id: string; arm: string; wave: number }>(
    `select subscriber_id, arm, wave from campaign_member where campaign_id = ${id} order by subscriber_id`,
  )

/** The day is worked, the city lives on, and the next night runs. */
async function liveOn(from: PlainDate): Promise<PlainDate> {
  await workTheDay(city.application, from)
  const lived = await openCity(path.join(city.application.dataFolder, 'city'))
  ;(await stepCity(lived, [])).close()
  const night = addDays(from, 1)
  const report = await runNight(city.application, { day: night })
  if (!report.ok) throw new Error(report.fault.en)
  return night
}

test('the network takes a plan as the module does', () => {
  const bare = (schema: unknown) =>
    JSON.parse(
      JSON.stringify(schema, (key, value: unknown) =>
        key === 'description' || key === 'additionalProperties' ? undefined : value,
      ),
    ) as unknown
  expect(bare(endpoints.addCampaign.body.properties.plan)).toEqual(bare(planShape))
})

describe('a campaign', () => {
  test('is checked while it is planned: every fault at once, or whom it finds and what it costs', async () => {
    const wrong = {
      ...plan,
      offer: 'no_such_offer',
      target: { condition: { op: 'lt', factor: 'no_such_factor', value: 1 } },
      period: { from: '2026-09-19', to: '2026-09-15' },
      smsText: { zh: '充{asks}送{gift}', en: 'Pay {asks}' },
    }
    const { faults, picture } = await ask<{ faults: { code: string }[]; picture: unknown }>(
      planner,
      'checkCampaign',
      { body: { plan: wrong } },
    )
    expect(faults.map(f => f.code).toSorted()).toEqual([
      'campaign.bad-waves',
      'campaign.period-empty',
      'campaign.unknown-name',
      'campaign.unknown-placeholder',
      'rule.unknown-factor',
    ])
    expect(picture).toBeNull()
    const right = await ask<{ picture: { found: number; approached: number; sms: { parts: number } } }>(
      planner,
      'checkCampaign',
      { body: { plan } },
    )
    expect(right.picture.found).toBeGreaterThan(50)
    expect(right.picture.approached).toBeLessThan(right.picture.found * 0.8)
    expect(right.picture.sms.parts).toBeGreaterThan(0)
  })

  test('needs a second person: its planner cannot approve it, nor launch it before', async () => {
    const added = await ask<Shown>(planner, 'addCampaign', { body: { plan } })
    id = String(added.id)
    expect(added.state.code).toBe('draft')
    expect((await move('launch')).status).toBe(409)
    const sent = await ask<Shown>(planner, 'submitCampaign', {
      parts: { id },
      body: { reason: 'for autumn' },
    })
    expect(sent.state.code).toBe('waiting')
    const above = await city.as('supervisor2')
    const { rows: waiting } = await ask<{ rows: { id: number; kind: { code: string } }[] }>(
      above,
      'listApprovals',
      {
        query: { which: 'all' },
      },
    )
    const request = String(waiting.find(r => r.kind.code === 'campaign')?.id)
    const own = await planner.ask('approve', { parts: { id: request }, body: { comment: 'mine' } })
    expect([403, 404]).toContain(own.status)
    await ask(above, 'approve', { parts: { id: request }, body: { comment: 'good' } })
    expect((await show()).state.code).toBe('ready')
  })

  test('tried dry passes every gate and leaves nothing behind', async () => {
    const state = async () =>
      JSON.stringify(
        await rows(
          `select (select count(*) from task) t, (select count(*) from task_decision) d, (select count(*) from campaign_member) m, (select count(*) from night_proposer) p`,
        ),
      )
    const before = await state()
    const dry = await ask<{ members: number; outcomes: { result: string; count: number }[] }>(
      planner,
      'dryRunCampaign',
      { parts: { id } },
    )
    expect(dry.members).toBeGreaterThan(50)
    const acted = dry.outcomes.filter(o => o.result === 'act').reduce((n, o) => n + o.count, 0)
    expect(acted).toBeGreaterThan(0)
    expect(acted).toBeLessThanOrEqual(plan.perDayMax)
    expect(dry.outcomes.some(o => o.result === 'control')).toBe(true)
    expect(await state()).toBe(before)
  })

  test('its message goes to staff to be tried, word for word, and counts as nothing', async () => {
    const counted = `select (select count(*) from contact_attempt) a, (select count(*) from task) t,
      (select count(*) from task_decision) d`
    const before = await rows(counted)
    const send = (to?: string) =>
      planner.ask('testCampaign', { parts: { id }, body: to === undefined ? {} : { to } })
    const sent = (await send()).body as { number: string; text: string; state: { code: string } }
    expect(sent).toMatchObject({
      number: expect.stringMatching(/^138\*{4}\d{4}$/),
      state: { code: 'handed_over' },
    })
    expect(sent.text).not.toContain('{')
    const [left] = await rows<{ number: string; text: string }>(
      `select number, text from contact_outbox order by nth desc limit 1`,
    )
    expect(left).toEqual({ number: expect.stringMatching(/^1380013\d{4}$/), text: sent.text })
    expect((await send('supervisor')).status).toBe(200)
    // The administrator sits above, out of the planner's branch: the same as nobody.
    for (const nobody of ['admin', 'no-such-login'])
      expect((await send(nobody)).body).toMatchObject({ code: 'staff.unknown' })
    const admin = await city.as('admin')
    await ask(admin, 'changeStaff', { parts: { id: 'staff_supervisor' }, body: { phone: '' } })
    expect((await send('supervisor')).body).toMatchObject({ code: 'staff.no-phone' })
    expect((await supervisor.ask('testCampaign', { parts: { id }, body: {} })).body).toMatchObject({
      code: 'permission.missing',
    })
    expect(await rows(counted)).toEqual(before)
    const told = await rows<{ detail: string }>(
      `select detail::text from governance_audit where act = 'campaign.test-send' order by id`,
    )
    expect(told.map(one => one.detail).join()).toMatch(/staff_campaign.*staff_supervisor/)
    expect(told.map(one => one.detail).join()).not.toContain(left?.number)
  })

  test('freezes its members at the launch: later edits may only make it smaller', async () => {
    expect((await move('launch')).status).toBe(200)
    const frozen = await members()
    expect(new Set(frozen.map(m => m.arm))).toEqual(new Set(['treated', 'control', 'universal']))
    expect(new Set(frozen.map(m => m.wave))).toEqual(new Set([0, 1]))
    const { version } = await show()
    const change = (other: object, seen = version) =>
      planner.ask('changeCampaign', { parts: { id }, body: { version: seen, plan: { ...plan, ...other } } })
    for (const more of [
      { controlPercent: 0 },
      { target: { condition: { op: 'lt', factor: 'balance', value: 60_000 } } },
      { budgetFen: plan.budgetFen + 1 },
      { perDayMax: plan.perDayMax + 1 },
      { period: { ...plan.period, to: '2026-10-30' } },
    ])
      expect((await change(more)).body).toMatchObject({ code: 'campaign.frozen' })
    expect((await change({ perDayMax: 20 })).status).toBe(200)
    expect((await change({ perDayMax: 19 })).body).toMatchObject({ code: 'campaign.changed-meanwhile' })
    expect(await members()).toEqual(frozen)
    expect((await move('launch')).status).toBe(409)
  })

  let first = today
  const approached: string[] = []
  test('the night acts on members of the wave whose turn it is, within its rate, and keeps its control group aside', async () => {
    first = await liveOn(today)
    const arms = new Map((await members()).map(m => [m.subscriber_id, m]))
    const decided = await decisions(first)
    const acted = decided.filter(d => d.result === 'act')
    expect(acted.length).toBe(20)
    expect(decided.some(d => d.reason === 'source-limit')).toBe(true)
    const armOf = { act: 'treated', rule: 'control', universal: 'universal' } as const
    const settled = decided.filter(d => d.result !== 'refused')
    expect(decided.map(d => arms.get(d.subscriber_id)?.wave)).toEqual(decided.map(() => 0))
    expect(settled.map(d => arms.get(d.subscriber_id)?.arm)).toEqual(
      settled.map(d => armOf[(d.control_group ?? 'act') as keyof typeof armOf]),
    )
    expect(decided.some(d => d.result === 'control')).toBe(true)
    const { report } = await show()
    expect(report?.issued).toBe(20)
    approached.push(...acted.map(d => d.subscriber_id))
  }, 120_000)

  test('paused proposes nothing; resumed contacts nobody a second time', async () => {
    expect((await move('pause')).status).toBe(200)
    const second = await liveOn(first)
    expect(await decisions(second)).toEqual([])
    const reached = await rows<{ subscriber_id: string }>(
      `select distinct t.subscriber_id from contact_attempt a join task t on t.id = a.task_id where t.rule_id = 'campaign:${id}' and a.state not in ('refused')`,
    )
    expect(reached.length).toBeGreaterThan(0)
    expect((await move('resume')).status).toBe(200)
    const third = await liveOn(second)
    const again = (await decisions(third)).map(d => d.subscriber_id)
    expect(again.length).toBeGreaterThan(0)
    for (const one of reached) expect(again).not.toContain(one.subscriber_id)
    const twice = await rows(
      `select t.subscriber_id from contact_attempt a join task t on t.id = a.task_id where t.rule_id = 'campaign:${id}' and a.state not in ('refused') group by 1 having count(*) > 1`,
    )
    expect(twice).toEqual([])
  }, 240_000)

  test('closed keeps its report, and nothing more may be done with it', async () => {
    expect((await move('close')).status).toBe(200)
    const closed = await show()
    expect(closed.state.code).toBe('closed')
    expect(closed.moves).toEqual([])
    expect(closed.report?.members.treated).toBeGreaterThan(0)
    expect(closed.report?.spentFen).toBeGreaterThan(0)
    const { effect, universalEffect } = closed.report ?? {}
    // Nobody's days are over yet. A fifth is kept from the campaign, a fiftieth from everything: two comparisons.
    expect(universalEffect?.pending).toBeGreaterThan(0)
    expect(effect?.pending).toBeGreaterThan(universalEffect?.pending ?? 0)
    expect((await move('resume')).status).toBe(409)
  })

  test('is not there for somebody of another branch', async () => {
    expect((await supervisor.ask('showCampaign', { parts: { id } })).status).toBe(404)
    const listed = await ask<{ total: number }>(supervisor, 'listCampaigns')
    expect(listed.total).toBe(0)
  })
})
