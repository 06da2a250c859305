import { join, raw, type Sql, sql } from '#warehouse'
import { givenNames, handsets, plans, products, surnames } from './catalogue.ts'
import type { Dice } from './dice.ts'
import { fates } from './fate.ts'
import { type CityPlan, type CitySize, cellsPerGrid } from './size.ts'

/** Which of six neighbours share a household: equal letters live together. */
const households = ['aaabbc', 'aabbcc', 'aabcde', 'abcdee', 'aaaabb', 'abcdef', 'aabbbc', 'abbcdd']

/**
 * Everything about a line that its birth settles: one row per line of `born` (n, joined, twin_of,
 * reissued), for the table `person`. A twin is a second card of ours; reissued is a number that another line had before.
 */
export function people(plan: CityPlan, size: CitySize, dice: Dice, born: Sql): Sql {
  const placed = relations(size, dice, born)
  const valued = means(dice, placed)
  const equipped = belongings(size, dice, valued)
  return fates(plan, dice, equipped)
}

/** Who lives and talks with whom. A second card of ours shares its holder's life, so it is placed as its holder. */
function relations(size: CitySize, dice: Dice, born: Sql): Sql {
  const patterns = raw(`[${households.map(h => `'${h}'`).join(', ')}]`)
  const within = sql`${size.founders - 64}`
  // Friends: the same bit flipped inside a group of 64 is a tie both ways; so is mirroring across the whole city.
  const friend = (i: number) =>
    sql`((home // 64) * 64 + xor(home % 64, 1 + (${dice.below(63, `friend${i}`, 'home // 64')}))::BIGINT)`
  const far = sql`((((${size.founders} * 7 // 3) - home) % ${size.founders} + ${size.founders}) % ${size.founders})`
  const mate = (i: number) => sql`((home // 6) * 6 + (home % 6 + ${i}) % 6)`
  const sameHouse = (other: Sql) =>
    sql`(substr(pattern, (${other} % 6)::BIGINT + 1, 1) = substr(pattern, (home % 6)::BIGINT + 1, 1))`
  return sql`(
    SELECT n, joined, twin_of, reissued, self, holder, house,
      CASE WHEN ${sameHouse(mate(1))} THEN least(${mate(1)}, ${size.founders - 1}) ELSE least(${friend(1)}, ${size.founders - 1}) END AS q0,
      CASE WHEN ${sameHouse(mate(5))} THEN least(${mate(5)}, ${size.founders - 1}) ELSE least(${friend(2)}, ${size.founders - 1}) END AS q1,
      least(${friend(3)}, ${size.founders - 1}) AS q2,
      least(${friend(4)}, ${size.founders - 1}) AS q3,
      least(${friend(5)}, ${size.founders - 1}) AS q4,
      ${far} AS q5, home // 64 AS community
    FROM (
      SELECT *, (home // 6) * 8 + ascii(substr(pattern, (home % 6)::BIGINT + 1, 1)) - 97 AS house
      FROM (
        SELECT *, ${patterns}[1 + ${dice.below(households.length, 'pattern', 'home // 6')}] AS pattern,
          CASE WHEN self < ${size.founders} AND self % 6 = 1 AND ${dice.uniform('child', 'self')} < 0.12 THEN self - 1 ELSE self END AS holder
        FROM (
          SELECT *, CASE WHEN self >= ${size.founders} THEN (${dice.bits('settle', 'self')} % ${within}::UBIGINT)::BIGINT ELSE self END AS home
          FROM (SELECT *, coalesce(twin_of, n) AS self FROM ${born}))))
  )`
}

/** Money, age and habits. Spending is log-normal with the skew of the real prepaid base. */
function means(dice: Dice, placed: Sql): Sql {
  const fees = plans.map(p => p.monthlyFee)
  const cuts = fees.map((fee, i) => (fee + (fees[i + 1] ?? fee)) / 2).slice(0, -1)
  const planOf = (spend: string) =>
    sql`(${join(
      cuts.map(c => sql`(${raw(spend)} >= ${Math.round(c)})::INTEGER`),
      ' + ',
    )})`
  const steps = [1000, 2000, 3000, 5000, 10_000, 20_000]
  const usual = sql`(${join(
    steps.map(s => sql`(arpu * 1.15 >= ${Math.round(s * 1.4)})::INTEGER`),
    ' + ',
  )})`
  return sql`(
    SELECT *, ${planOf('arpu * 0.62')} AS plan_no,
      least(${usual}, 5) AS usual_amount,
      ${dice.uniform('payment', 'n')} < CASE WHEN arpu >= 12000 THEN 0.45 WHEN arpu >= 6000 THEN 0.75 ELSE 0.92 END AS prepaid,
      CASE WHEN age_years < 30 THEN 0.62 WHEN age_years < 55 THEN 0.48 ELSE 0.26 END AS data_share,
      (200 + floor(1600 * ${dice.uniform('threshold', 'n')}))::BIGINT AS low_at,
      ${dice.uniform('planner', 'n')} < 0.65 AS plans_ahead,
      0.08 + 0.32 * ${dice.uniform('prompt', 'n')} AS prompt,
      0.004 + 0.03 * pow(${dice.uniform('habit', 'n')}, 2) AS habit
    FROM (
      SELECT *, exp(0.65 * ${dice.normal('rate', 'n')} + 0.4 * wealth - 0.29) AS rate,
        exp(0.65 * ${dice.normal('talk', 'n')} - 0.21) AS talk,
        least(90000, greatest(900, floor(4000 * exp(0.98 * wealth))))::BIGINT AS arpu,
        (18 + floor(58 * pow(${dice.uniform('age', 'n')}, 1.2)))::INTEGER AS age_years,
        exp(0.9 * ${dice.normal('data', 'n')} - 0.4) AS data_size,
        0.75 + 0.5 * ${dice.uniform('weekend', 'n')} AS weekend_taste,
        0.03 + 0.85 * pow(${dice.uniform('own', 'n')}, 1.9) AS own_share,
        ${dice.uniform('enterprise', 'holder')} < 0.04 AS enterprise
      FROM (SELECT *, ${dice.normal('wealth', 'n')} AS wealth FROM ${placed})))`
}

/** Number, place, device, contract, orders and who brought the line. */
function belongings(size: CitySize, dice: Dice, valued: Sql): Sql {
  const perCity = size.countiesPerCity * size.gridsPerCounty
  const grid = sql`((county * ${size.gridsPerCounty}) + ${dice.below(size.gridsPerCounty, 'grid', 'house')})`
  const names = sql`(substr(${surnames}, 1 + ${dice.below(surnames.length, 'surname', 'house')}, 1)
    || substr(${givenNames}, 1 + ${dice.below(givenNames.length, 'given', 'holder')}, 1)
    || CASE WHEN ${dice.uniform('given2', 'holder')} < 0.6 THEN substr(${givenNames}, 1 + ${dice.below(givenNames.length, 'given3', 'holder')}, 1) ELSE '' END)`
  const fee = (product: string) =>
    sql`coalesce([${raw(products.map(p => p.monthlyFee).join(', '))}][${raw(product)} + 1], 0)`
  return sql`(
    SELECT *, (${fee('product')} + ${fee('product2')})::BIGINT AS va_fee, grid * ${cellsPerGrid} + ${dice.below(cellsPerGrid, 'homecell', 'house')} AS home_cell,
      ((grid // ${perCity}) * ${perCity} + ${dice.below(perCity, 'workgrid', 'self')}) * ${cellsPerGrid}
        + ${dice.below(cellsPerGrid, 'workcell', 'self')} AS work_cell
    FROM (
      SELECT *, ${grid} AS grid, 'S' || lpad(n::VARCHAR, 9, '0') AS sid,
        coalesce(reissued, 13900000000 + (n * 7919 + 40503) % 100000000) AS number,
        ${names} AS name,
        ${dice.below(size.agents, 'agent', 'n')} AS agent,
        ${dice.uniform('optout', 'holder')} < 0.03 AS opted_out,
        ${dice.below(handsets.length, 'handset', 'self')} AS handset,
        CASE WHEN ${dice.uniform('change', 'self')} < 0.5 THEN joined + 90 + floor(900 * ${dice.uniform('changeon', 'self')})::INTEGER END AS handset_change,
        CASE WHEN ${dice.uniform('va', 'n')} < 0.4 THEN ${dice.below(products.length, 'product', 'n')} END AS product,
        CASE WHEN ${dice.uniform('va', 'n')} < 0.12 THEN ${dice.below(products.length, 'product2', 'n')} END AS product2,
        CASE WHEN ${dice.uniform('rival', 'n')} < 0.65 THEN 1 ELSE 2 END AS rival_no
      FROM (SELECT *, ${countyOf(size, dice)} AS county FROM ${valued})))`
}

/** Below this many founders chance would leave counties empty: there the first communities take one each. */
const fewFounders = 640

function countyOf(size: CitySize, dice: Dice): Sql {
  const counties = size.cities * size.countiesPerCity
  const drawn = dice.below(counties, 'county', 'community')
  return size.founders < fewFounders
    ? sql`(CASE WHEN community < ${counties} THEN community ELSE ${drawn} END)`
    : drawn
}
