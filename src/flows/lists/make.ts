import { factorTable } from '#factors'
import { audit, responsibleFor } from '#governance'
import { attempt, err, type Fault, ok, type PlainDate, type Result } from '#kernel'
import {
  type Compared,
  checkedAgainst,
  type ListLine,
  type ListMaking,
  type ListWanted,
  linesOf,
  listById,
  listedIn,
  listFaults,
  makeList,
  replaceLines,
} from '#lists'
import { selectedBy, switchedOff } from '#rules'
import type { KeptFile } from '#sheets'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { noFactorTable, ruleUnknown } from '../faults.ts'
import { lastNight } from '../night/record.ts'
import { rowId } from '../row-id.ts'
import { besideOn } from '../rules/beside.ts'
import { rulesInForce } from '../rules/in-force.ts'
import { namedIn } from './named.ts'
import { reported, showList } from './show.ts'

const rowsPerLook = 20_000

/** A list that a file names: what is right in it becomes a draft, what is wrong is kept aside line by line. Faults list.*, file.*. */
export async function listFromFile(
  application: Application,
  asker: Asker,
  { wanted, file }: { readonly wanted: ListWanted; readonly file: KeptFile },
) {
  if (!isAction(application, wanted.action)) return err(listFaults.actionUnknown())
  const asOf = await businessDay(application)
  const read = await attempt(() => namedIn(application, { file, scope: asker.scope, asOf }))
  if (!read.ok) return read
  const listed = listedIn(read.value.named)
  const faulty = [...read.value.faulty, ...listed.faulty].toSorted((a, b) => a.line - b.line)
  if (listed.lines.length === 0) return ok(reported(null, faulty))
  return made(application, asker, { ...wanted, rule: null, lines: listed.lines, faulty })
}

/** Everybody within the scope whom a rule found this morning, as a list to be checked. Faults rule.unknown, rule.held, factor.not-computed, list.empty. */
export async function listFromRule(
  application: Application,
  asker: Asker,
  { wanted, rule }: { readonly wanted: ListWanted; readonly rule: string },
) {
  if (!isAction(application, wanted.action)) return err(listFaults.actionUnknown())
  const day = await lastNight(application.desk)
  if (day === undefined) return err(noFactorTable('—'))
  const lines = await foundBy(application, asker, { rule, day })
  if (!lines.ok) return lines
  if (lines.value.length === 0) return err(listFaults.empty())
  return made(application, asker, { ...wanted, rule: { id: rule, day }, lines: lines.value, faulty: [] })
}

async function foundBy(
  application: Application,
  asker: Asker,
  { rule: id, day }: { readonly rule: string; readonly day: PlainDate },
): Promise<Result<readonly ListLine[]>> {
  const rule = (await rulesInForce(application)).rules.find(one => one.id === id)
  if (rule === undefined) return err(ruleUnknown())
  const factors = await factorTable(application.shelf, day)
  if (factors === undefined) return err(noFactorTable(day))
  const engine = await application.warehouse()
  const beside = await besideOn(application, engine, { asOf: day }, rule.uses)
  const held = switchedOff(rule, beside.off)
  if (held !== undefined) return err(held)
  const table = beside.joined(factors, rule.uses)
  const lines: ListLine[] = []
  for (let after = -1; ; ) {
    const page = await selectedBy(engine, { table, rules: [rule], asOf: day, after, rowsMax: rowsPerLook })
    const ids = page.map(one => one.subscriberId)
    const within = await responsibleFor(application.desk.db, asker.scope, ids)
    for (const subscriberId of ids)
      if (within.has(subscriberId))
        lines.push({ line: lines.length + 1, subscriberId, state: 'kept', reason: '' })
    if (page.length < rowsPerLook) return ok(lines)
    after = page.at(-1)?.sub ?? after
  }
}

/** Takes a list back that people have checked: with one fault in the file nothing of it. Faults list.*, file.*. */
export async function checkList(
  application: Application,
  asker: Asker,
  { id, file }: { readonly id: string; readonly file: KeptFile },
) {
  const { desk, clock } = application
  const list = await listById(desk.db, asker.scope, rowId(id))
  if (list === undefined) return err(listFaults.unknown())
  if (list.state !== 'draft') return err(listFaults.notNow())
  const asOf = await businessDay(application)
  const read = await attempt(() => namedIn(application, { file, scope: asker.scope, asOf }))
  if (!read.ok) return read
  const base = await baseOf(application, list.id)
  const compared = checkedAgainst(base, read.value.named)
  const faulty = beside(read.value.faulty, compared)
  if (faulty.length > 0) return ok(reported(null, faulty))
  await desk.db.transaction().execute(async trx => {
    await replaceLines(trx, list.id, compared.lines)
    const counts = Map.groupBy(compared.lines, line => line.state)
    await audit(trx, {
      at: clock.now(),
      staffId: asker.staff.id,
      act: 'list.check',
      subject: `list:${list.id}`,
      detail: Object.fromEntries([...counts].map(([state, lines]) => [state, lines.length])),
      subscribers: compared.lines.filter(line => line.state !== 'kept').map(line => line.subscriberId),
      from: asker.from,
    })
  })
  const shown = await showList(application, asker, id)
  return shown.ok ? ok(reported(shown.value, [])) : shown
}

/** Lines that were not read are not missing as well. */
function beside(unread: Awaited<ReturnType<typeof namedIn>>['faulty'], compared: Compared) {
  const told = unread.length > 0 ? compared.faulty.filter(one => one.line > 0) : compared.faulty
  return [...unread, ...told].toSorted((a, b) => a.line - b.line)
}

/** Who was on the list before anybody checked it. */
async function baseOf(application: Application, id: number): Promise<ReadonlySet<string>> {
  const base = new Set<string>()
  for (let after = ''; ; ) {
    const states = ['kept', 'removed'] as const
    const some = await linesOf(application.desk.db, id, { states, after, limit: rowsPerLook })
    for (const { subscriberId } of some) base.add(subscriberId)
    if (some.length < rowsPerLook) return base
    after = some.at(-1)?.subscriberId ?? after
  }
}

async function made(
  application: Application,
  asker: Asker,
  making: Omit<ListMaking, 'staffId' | 'nodePath' | 'at'>,
): Promise<Result<ReturnType<typeof reported>, Fault>> {
  const { desk, clock } = application
  const at = clock.now()
  const { id: staffId, unit } = asker.staff
  const id = await desk.db.transaction().execute(async trx => {
    const made = await makeList(trx, { ...making, staffId, nodePath: unit.path, at })
    await audit(trx, {
      at,
      staffId: staffId === '' ? null : staffId,
      act: 'list.make',
      subject: `list:${made}`,
      detail: {
        lines: making.lines.length,
        faulty: making.faulty.length,
        rule: making.rule?.id ?? null,
        action: making.action,
      },
      subscribers: making.lines.map(line => line.subscriberId),
      reason: making.reason,
      from: asker.from,
    })
    return made
  })
  const shown = await showList(application, asker, String(id))
  return shown.ok ? ok(reported(shown.value, making.faulty)) : shown
}

function isAction({ catalogue }: Application, action: string | null): boolean {
  return action === null || catalogue.policy.rows.some(row => row.action === action)
}
