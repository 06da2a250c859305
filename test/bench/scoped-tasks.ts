import { sql } from 'kysely'
import type { Application } from '#flows'
import { addStaff, growOrganisation } from '#governance'
import { addDays, type PlainDate, plainDate } from '#kernel'
import { cities, countiesPerCity, gridsPerCounty, password, province } from './province.ts'

export const lastDay = plainDate('2026-10-29')
const days = 90
const managersPerCounty = 5

/** Who asks for the list, and how much of the base is theirs. */
export const askers = [
  { login: 'manager', role: 'account_manager', unit: 'k1_1', title: 'account manager (0.2 %)' },
  { login: 'county', role: 'supervisor', unit: 'k1_1', title: 'county branch (1 %)' },
  { login: 'city', role: 'campaign_manager', unit: 'c1', title: 'city branch (10 %)' },
] as const

/** A province's organisation and 90 days of lists: today's and yesterday's still open, older ones done, dropped, expired or sent. */
export async function makeTasks({ desk }: Application, tasks: number): Promise<void> {
  const { db } = desk
  const { rows } = await sql`select 1 from task limit 1`.execute(db)
  if (rows.length > 0) return
  const at = new Date('2026-07-01T00:00:00Z')
  await growOrganisation(db, province())
  for (const { login, role, unit } of askers) {
    const name = { zh: login, en: login }
    await addStaff(db, { login, name, roles: [role], nodeId: unit, language: 'zh', password }, at)
  }
  // Indexes are made when the rows are there, as they would be by an upgrade: the same indexes in a tenth of the time.
  const indexes = await sql<{ name: string; definition: string }>`
    select indexname as name, indexdef as definition from pg_indexes where tablename = 'task' and indexname <> 'task_pkey'`.execute(
    db,
  )
  for (const { name } of indexes.rows) await sql`drop index ${sql.ref(name)}`.execute(db)
  const perDay = Math.ceil(tasks / days)
  for (let back = days - 1; back >= 0; back--) {
    await dayOfTasks(db, addDays(lastDay, -back), back, Math.min(perDay, tasks - (days - 1 - back) * perDay))
  }
  for (const { definition } of indexes.rows) await sql.raw(definition).execute(db)
  await sql`vacuum analyze task`.execute(db)
}

async function dayOfTasks(db: Application['desk']['db'], day: PlainDate, back: number, count: number) {
  // The mix is fixed by the row's number: two runs make the same rows. A row weighs what the demonstration's weigh.
  await sql`
    insert into task (id, day, due_day, subscriber_id, number, customer_name, arpu_fen, manager_id, node_path,
      then_manager_id, then_node_path, value_class, channel, rule_id, rule_ids, level, points, value_fen, reason, signals,
      offer_id, offer, script, decision, state, moves, created_at, changed_at)
    select 'task_' || md5(${day} || n), ${day}::date, ${day}::date + 3, 'S' || (mix % 10000000), '138' || lpad((mix % 100000000)::text, 8, '0'),
      '客户' || (mix % 999), 1000 + mix % 20000, manager, path, manager, path, 'high',
      case when mix % 3 = 0 then 'sms' else 'call' end, 'rule_' || (mix % 30), array['rule_' || (mix % 30)],
      case when mix % 10 < 2 then 'high' when mix % 10 < 6 then 'medium' else 'low' end, mix % 60, (mix * 31) % 9000,
      jsonb_build_object('zh', repeat('原因', 30), 'en', repeat('because ', 12)),
      jsonb_build_array(jsonb_build_object('ruleId', 'rule', 'title', jsonb_build_object('zh', '规则', 'en', 'rule'), 'values', repeat('v', 400))), 'offer',
      jsonb_build_object('id', 'offer', 'title', jsonb_build_object('zh', repeat('方', 20), 'en', repeat('t', 60))), jsonb_build_object('zh', repeat('话', 60), 'en', repeat('say ', 30)),
      jsonb_build_object('zh', '最有价值', 'en', 'most valuable'),
      case when ${back}::int < 2 and mix % 7 > 1 then 'open' when ${back}::int < 2 then 'claimed'
        when mix % 3 = 0 then 'sent' when mix % 11 < 6 then 'done' when mix % 11 < 8 then 'dropped' else 'expired' end,
      1, now(), now()
    from (
      select *, 'staff_' || case when city = 1 and county = 1 and seat = 0 then 'manager' else format('m%s_%s_%s', city, county, seat) end as manager,
        format('/hq/p1/c%s/k%s_%s/g%s_%s_%s/', city, city, county, city, county, grid) as path
      from (
        select n, mix, 1 + mix % ${cities} as city, 1 + (mix / ${cities}) % ${countiesPerCity} as county,
          1 + (mix / ${cities * countiesPerCity}) % ${gridsPerCounty} as grid,
          (mix / ${cities * countiesPerCity * gridsPerCounty}) % ${managersPerCounty} as seat
        from (select n, abs(hashint8(n * 1000 + ${back})::bigint) as mix from generate_series(1, ${count}) n) numbered
      ) spread
    ) placed`.execute(db)
}
