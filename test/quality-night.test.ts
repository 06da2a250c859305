import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  commandLine,
  factorQuality,
  listRules,
  openApplication,
  rulePreview,
  runNight,
  showNight,
  workTheDay,
} from '#flows'
import { addDays, everybody, type Result } from '#kernel'
import { openCity, stepCity } from '#world'
import { copyOfCity, halfPastTen, today } from './support/city.ts'

const night = addDays(today, 1)
const low = { op: 'lt', factor: 'balance', value: 1500 }
let city: ReturnType<typeof copyOfCity>
beforeEach(async () => {
  city = copyOfCity()
  const application = await openApplication({ dataFolder: city.folder, clock: halfPastTen })
  await workTheDay(application, today)
  await application.close()
  const lived = await openCity(path.join(city.folder, 'city'))
  ;(await stepCity(lived, [])).close()
})
afterEach(() => city.remove())

/** Takes yesterday's delivery of a feed away, runs the night, and answers how it went. */
async function nightWithout(feed: string) {
  const folder = path.join(city.folder, 'city', 'feeds', feed)
  for (const name of readdirSync(folder).filter(n => n.startsWith(today))) rmSync(path.join(folder, name))
  const application = await openApplication({ dataFolder: city.folder, clock: halfPastTen })
  try {
    const report = unwrap(await runNight(application, { day: night }))
    const { factors, rules: all, policy } = application.catalogue
    const caring = new Set(policy.rows.filter(r => r.purpose === 'care').map(r => r.action))
    const decisions = await application.desk.pool.query<{ rule_id: string }>(
      `select distinct rule_id from task_decision where day = '${night}'`,
    )
    return {
      decided: decisions.rows.map(r => r.rule_id),
      cares: new Set(all.filter(r => r.action !== undefined && caring.has(r.action)).map(r => r.id)),
      report,
      shown: unwrap(await showNight(application, everybody, night)),
      rules: unwrap(await listRules(application, everybody)).rules,
      quality: unwrap(await factorQuality(application, { day: night })),
      tried: unwrap(await rulePreview.count(application, commandLine, { draft: { condition: low } })),
      reading: factors.factors.filter(f => f.feeds.some(id => id === feed)).map(f => f.id),
      usesOf: new Map(all.map(r => [r.id, r.uses])),
    }
  } finally {
    await application.close()
  }
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.en)
  return result.value
}

test('without yesterday’s balances, what is computed from them is suspect, what rests on that is held with the reason, and the rest goes on', async () => {
  const { report, shown, rules, quality, reading, usesOf, tried } = await nightWithout('balance')
  const ids = report.suspects.filter(s => s.verdict === 'suspect').map(s => s.id)
  expect(ids.toSorted()).toEqual(reading.toSorted())
  for (const s of report.suspects) {
    expect(s).toMatchObject({ code: 'feed-held', origin: 'balance' })
    expect(s.reason.en).toContain(`${today} has not been delivered`)
  }
  expect(shown.suspects).toEqual(report.suspects)
  expect(quality.counts.suspect).toBe(ids.length)
  const held = new Set(report.held.filter(h => h.why === 'held').map(h => h.ruleId))
  for (const [rule, uses] of usesOf)
    expect([rule, held.has(rule)]).toEqual([rule, uses.some(f => ids.includes(f))])
  const states = new Map(rules.map(r => [r.id, r]))
  for (const rule of held) {
    expect(states.get(rule)?.state).toBe('held')
    expect(states.get(rule)?.reason?.zh).toContain('余额')
  }
  expect(held.size).toBeGreaterThan(0)
  expect(tried).toMatchObject({ count: null, held: { why: 'held', zh: expect.stringContaining('余额') } })
  expect(tried.feeds).toMatchObject([{ id: 'balance', verdict: 'hold' }])
  expect(rules.filter(r => r.state === 'on' && (r.count ?? 0) > 0).length).toBeGreaterThan(3)
  expect(shown.steps.find(s => s.id === 'quality')).toMatchObject({ state: 'done' })
})

test('when it is not known who complained, nothing is sold that morning, and care goes on', async () => {
  const { report, shown, decided, cares } = await nightWithout('service_contact')
  // The care calendar sells nothing either.
  expect(decided.filter(source => !cares.has(source) && !source.startsWith('care:'))).toEqual([])
  expect(decided.length).toBeGreaterThan(0)
  const reasons = new Set(report.held.filter(h => h.why === 'held').map(h => h.reason.en))
  expect([...reasons].every(r => r.includes('has not been delivered'))).toBe(true)
  expect(shown.warnings.reduce((n, w) => n + w.count, 0)).toBeGreaterThan(0)
})
