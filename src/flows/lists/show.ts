import { listStaff, responsibleFor } from '#governance'
import { err, ok } from '#kernel'
import {
  countsOf,
  faultsOf,
  type LineFault,
  type LineState,
  type ListRow,
  lineStates,
  linesOf,
  listById,
  listFaults,
  listStates,
  listsWithin,
} from '#lists'
import type { Application } from '../application.ts'
import { type Asker, asking } from '../asker.ts'
import { auditListed } from '../audit/listed.ts'
import { csvFile } from '../exports/csv.ts'
import { rowId } from '../row-id.ts'
import { rulesInForce } from '../rules/in-force.ts'

const differencesShown = 200
const faultsShown = 100
const faultsInFile = 100_000

/** Lists within the scope, the newest first. */
export async function showLists(
  application: Application,
  asker: Asker,
  { page = 1, pageSize = 20 }: { readonly page?: number; readonly pageSize?: number },
) {
  const { db } = application.desk
  const { rows, total } = await listsWithin(db, asker.scope, { page, pageSize })
  const [counts, names] = await Promise.all([
    countsOf(
      db,
      rows.map(row => row.id),
    ),
    namesOf(application),
  ])
  const none = { kept: 0, added: 0, removed: 0, faulty: 0 }
  return ok({
    rows: rows.map(row => line(application, row, counts.get(row.id) ?? none, names)),
    actions: actionsOf(application),
    rules: (await rulesInForce(application)).rules.map(({ id, title }) => ({ code: id, title })),
    total,
    page,
    pageSize,
  })
}

/** What a list may ask to be done: the actions of the policy. */
function actionsOf({ catalogue }: Application) {
  const actions = [...new Set(catalogue.policy.rows.map(row => row.action))]
  return actions.map(code => {
    const row = catalogue.policy.rows.find(one => one.action === code)
    const offer = row && catalogue.offers.get(row.offer)
    const { zh, en } = offer?.title ?? { zh: code, en: code }
    return { code, title: { zh: `${code}（${zh}）`, en: `${code} (${en})` } }
  })
}

/** One list with what was removed and added, and why. Fault list.unknown, also out of scope. */
export async function showList(application: Application, asker: Asker, id: string) {
  const { db } = application.desk
  const row = await listById(db, asker.scope, rowId(id))
  if (row === undefined) return err(listFaults.unknown())
  const [counts, names, differing, faults] = await Promise.all([
    countsOf(db, [row.id]),
    namesOf(application),
    linesOf(db, row.id, { states: ['removed', 'added'], after: '', limit: differencesShown }),
    faultsOf(db, row.id, faultsShown),
  ])
  // A list may name somebody who has moved away since: who looks sees their own part.
  const within = await responsibleFor(
    db,
    asking(asker, 'list.look').scope,
    differing.map(one => one.subscriberId),
  )
  const seen = differing.filter(one => asker.staff.id === '' || within.has(one.subscriberId))
  await auditListed(application, asker, {
    act: 'list.look',
    subject: `list:${row.id}`,
    subscribers: seen.map(one => one.subscriberId),
  })
  const none = { kept: 0, added: 0, removed: 0, faulty: 0 }
  return ok({
    ...line(application, row, counts.get(row.id) ?? none, names),
    differences: seen.map(({ subscriberId, state, reason }) => ({
      subscriberId,
      state: { code: state, title: lineStates[state as LineState] },
      reason,
    })),
    faulty: faults.map(({ line: at, column_name: column, code, zh, en }) => ({
      line: at,
      column,
      fault: { code, zh, en },
    })),
  })
}

type Shown = Extract<Awaited<ReturnType<typeof showList>>, { readonly ok: true }>['value']

/** What a file came to: a list, or what is wrong with it. */
export function reported(list: Shown | null, faulty: readonly LineFault[]) {
  return {
    list,
    faultyLines: faulty.length,
    faulty: faulty.slice(0, faultsShown).map(({ line: at, column, fault: { code, zh, en } }) => ({
      line: at,
      column,
      fault: { code, zh, en },
    })),
  }
}

/** What was wrong with the file of a list, as a file: lines and reasons, never values. Fault list.unknown. */
export async function faultsFile(application: Application, asker: Asker, id: string) {
  const { db } = application.desk
  const row = await listById(db, asker.scope, rowId(id))
  if (row === undefined) return err(listFaults.unknown())
  const faults = await faultsOf(db, row.id, faultsInFile)
  const titles = ['line 行', 'column 列', 'code 代码', '问题', 'problem']
  async function* rows() {
    yield [titles, ...faults.map(one => [one.line, one.column_name, one.code, one.zh, one.en])]
  }
  return ok({ name: `weiwan-list-${row.id}-faults.csv`, content: csvFile(rows()) })
}

async function namesOf({ desk }: Application) {
  return new Map((await listStaff(desk.db)).map(s => [s.id, s.name]))
}

function line(
  { catalogue }: Application,
  row: ListRow,
  counts: Readonly<Record<LineState | 'faulty', number>>,
  names: Awaited<ReturnType<typeof namesOf>>,
) {
  const rule = row.rule && catalogue.rules.find(one => one.id === row.rule?.id)
  return {
    id: row.id,
    title: row.title,
    reason: row.reason,
    action: row.action,
    days: row.days,
    controlPercent: row.controlPercent,
    rule:
      row.rule === null
        ? null
        : { code: row.rule.id, title: rule?.title ?? { zh: row.rule.id, en: row.rule.id } },
    ruleDay: row.rule?.day ?? null,
    maker: { id: row.staffId, name: names.get(row.staffId) ?? { zh: row.staffId, en: row.staffId } },
    state: { code: row.state, title: listStates[row.state] },
    approvalId: row.approvalId,
    firstDay: row.firstDay,
    madeAt: row.madeAt.toISOString(),
    counts,
  }
}
