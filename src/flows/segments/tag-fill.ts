import { audit } from '#governance'
import { addDays, attempt, err, ok } from '#kernel'
import { listedIn } from '#lists'
import { type MemberFault, tagMembers } from '#segments'
import type { KeptFile } from '#sheets'
import type { Application } from '../application.ts'
import { type Asker, businessDay } from '../asker.ts'
import { csvFile } from '../exports/csv.ts'
import { namedIn } from '../lists/named.ts'
import { tagNotFilled, tagUnknown } from './faults.ts'
import { tagsKnown } from './in-force.ts'

const shownMax = 100

/**
 * Whom a file names has the tag from the next night on, for as many days as the tag says, in the place of whom it named before.
 * What is wrong in it is kept line by line; a file that names nobody changes nothing. Faults tag.unknown, tag.not-filled, file.*,
 * list.columns-missing.
 */
export async function fillTag(
  application: Application,
  asker: Asker,
  { id, file }: { readonly id: string; readonly file: KeptFile },
) {
  const tag = (await tagsKnown(application)).find(t => t.id === id)
  if (tag === undefined) return err(tagUnknown())
  if (tag.source !== 'import') return err(tagNotFilled())
  const day = await businessDay(application)
  const named = await attempt(() => namedIn(application, { file, scope: asker.scope, asOf: day }))
  if (!named.ok) return named
  const listed = listedIn(named.value.named)
  const faults = [...named.value.faulty, ...listed.faulty]
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, column, fault: { code, zh, en } }): MemberFault => ({ line, column, code, zh, en }))
  const subscriberIds = listed.lines.map(line => line.subscriberId)
  // The first morning that has it is tomorrow's.
  const until = addDays(day, tag.holdsDays + 1)
  const reply = {
    id,
    subscribers: subscriberIds.length,
    until: subscriberIds.length === 0 ? null : until,
    faultyLines: faults.length,
    faulty: faults.slice(0, shownMax).map(({ line, column, ...fault }) => ({ line, column, fault })),
  }
  if (subscriberIds.length === 0) return ok(reply)
  const { desk, clock } = application
  const at = clock.now()
  const by = asker.staff.id
  await desk.db.transaction().execute(async trx => {
    await tagMembers.fill(trx, { tag: id, day, until, by, at, subscriberIds, faults })
    await audit(trx, {
      at,
      staffId: by === '' ? null : by,
      act: 'tag.fill',
      subject: `tag:${id}`,
      detail: { lines: subscriberIds.length, faulty: faults.length },
      subscribers: subscriberIds,
      from: asker.from,
    })
  })
  return ok(reply)
}

/** What was wrong with the file that filled a tag last, to be mended. Fault tag.unknown. */
export async function tagFaultsFile(application: Application, id: string) {
  const tag = (await tagsKnown(application)).find(t => t.id === id)
  if (tag === undefined) return err(tagUnknown())
  const faults = await tagMembers.faults(application.desk.db, id)
  const titles = ['line 行', 'column 列', 'code 代码', '问题', 'problem']
  async function* rows() {
    yield [titles, ...faults.map(one => [one.line, one.column, one.code, one.zh, one.en])]
  }
  return ok({ name: `weiwan-tag-${id}-faults.csv`, content: csvFile(rows()) })
}
