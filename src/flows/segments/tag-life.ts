import { isDeepStrictEqual } from 'node:util'
import type { DeskDb } from '#desk'
import { audit, can, listStaff } from '#governance'
import { attempt, err, FaultError, ok, type PlainDate, type Result } from '#kernel'
import { entriesIn, sentence } from '#rules'
import { bindTag, segmentVersions, type Tag, tagText } from '#segments'
import type { Application } from '../application.ts'
import { approvalDesk } from '../approvals/desk.ts'
import { type Asker, asking } from '../asker.ts'
import { tagForbidden, tagNoDraft, tagNotInForce, tagUnknown } from './faults.ts'
import { nextVersionOf, tagOf, tagsKnown } from './in-force.ts'

const book = segmentVersions.tags

interface Which {
  readonly id: string
  readonly version: number
}

/** Somebody at the command line changes tags as a member of staff. Faults staff.unknown, tag.forbidden. */
async function maker(application: Application, login: string): Promise<Result<Asker>> {
  const asker = await approvalDesk.acting(application, login)
  if (!asker.ok) return asker
  return can(asker.value.staff, 'tag.change') ? ok(asking(asker.value, 'tag.change')) : err(tagForbidden())
}

type Content = Readonly<Record<string, unknown>>

/** Keeps a tag as a draft: the next version of its id, or the draft there is. The faults of the tag. */
async function save(application: Application, asker: Asker, content: Content): Promise<Result<Which>> {
  const checked = await checkedTag(application, content)
  if (!checked.ok) return checked
  const tag = checked.value
  await application.desk.db.transaction().execute(trx => keep(application, trx, asker, tag))
  return ok({ id: tag.id, version: tag.version })
}

async function checkedTag({ desk, catalogue }: Application, content: Content): Promise<Result<Tag>> {
  const id = typeof content['id'] === 'string' ? content['id'] : ''
  const shipped = catalogue.tags.find(tag => tag.id === id)?.version ?? 0
  const version = nextVersionOf(await book.list(desk.db, id), shipped)
  const { tag, faults } = tagText.from({ ...content, version, state: 'active' }, catalogue.factors.byId)
  const [first, ...rest] = faults
  if (first !== undefined) return err({ ...first, ...(rest.length > 0 && { others: rest }) })
  if (tag === undefined) throw new TypeError('neither a tag nor a fault')
  return ok(tag)
}

async function keep({ clock }: Application, trx: DeskDb, asker: Asker, tag: Tag): Promise<void> {
  const at = clock.now()
  const written = { id: tag.id, version: tag.version, content: tag }
  if (!(await book.keepDraft(trx, written, { by: asker.staff.id, at }))) throw new FaultError(tagNoDraft())
  const about = { subject: `tag:${tag.id}`, detail: { version: tag.version } }
  await audit(trx, { at, staffId: asker.staff.id, act: 'tag.save', ...about, from: asker.from })
}

/** Puts the draft of a tag into force: the next night gives it. Faults tag.unknown, tag.no-draft. */
async function activate(application: Application, asker: Asker, id: string): Promise<Result<Which>> {
  const { desk, clock, catalogue } = application
  const versions = await book.list(desk.db, id)
  const draft = versions.find(v => v.state === 'draft')
  if (draft === undefined) {
    const isKnown = versions.length > 0 || catalogue.tags.some(tag => tag.id === id)
    return err(isKnown ? tagNoDraft() : tagUnknown())
  }
  const { faults } = tagText.from(draft.content, catalogue.factors.byId)
  const [first] = faults
  if (first !== undefined) return err(first)
  const at = clock.now()
  const { version } = draft
  return attempt(() =>
    desk.db.transaction().execute(async trx => {
      if (!(await book.activate(trx, { id, version, from: 'draft' }, at))) throw new FaultError(tagNoDraft())
      const about = { subject: `tag:${id}`, detail: { version } }
      await audit(trx, { at, staffId: asker.staff.id, act: 'tag.activate', ...about, from: asker.from })
      return { id, version }
    }),
  )
}

/** Takes a tag out of force, or its draft away where it was never in force. Faults tag.unknown, tag.not-in-force. */
async function retire(
  application: Application,
  asker: Asker,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Result<Which>> {
  const { desk, clock, catalogue } = application
  const tag = (await tagsKnown(application)).find(t => t.id === id)
  if (tag === undefined) return err(tagUnknown())
  if (tag.state === 'retired') return err(tagNotInForce())
  const at = clock.now()
  const by = asker.staff.id
  const shipped = catalogue.tags.find(t => t.id === id)
  await desk.db.transaction().execute(async trx => {
    const { version } = tag
    const from = tag.state === 'draft' ? ('draft' as const) : ('active' as const)
    await book.move(trx, { id, version, from, to: 'retired', at })
    // Otherwise the file's version would be given again.
    if (shipped !== undefined) {
      const written = { id, version: shipped.version, content: shipped }
      await book.retireOfCatalogue(trx, written, { by, at })
    }
    const about = { subject: `tag:${id}`, detail: { version } }
    await audit(trx, { at, staffId: by, act: 'tag.retire', ...about, reason, from: asker.from })
  })
  return ok({ id, version: tag.version })
}

/** Every version of a tag, the newest first, the file's among them. Fault tag.unknown. */
async function versions(application: Application, id: string) {
  const { desk, catalogue } = application
  const kept = await book.list(desk.db, id)
  const shipped = catalogue.tags.find(tag => tag.id === id)
  if (kept.length === 0 && shipped === undefined) return err(tagUnknown())
  const now = (await tagsKnown(application)).find(tag => tag.id === id)
  const staff = new Map((await listStaff(desk.db)).map(s => [s.id, s.name]))
  const own = kept
    .filter(v => v.origin === 'console')
    .map(v => ({
      version: v.version,
      life: v.state === 'waiting' ? ('draft' as const) : v.state,
      origin: v.origin,
      ...saidOf(application, tagOf(v, catalogue)[0]),
      content: v.content as Record<string, unknown>,
      madeBy: staff.get(v.madeBy) ?? null,
      madeAt: v.madeAt.toISOString(),
    }))
  const file = shipped && {
    version: shipped.version,
    life: now?.version === shipped.version ? now.state : ('retired' as const),
    origin: 'catalogue' as const,
    ...saidOf(application, shipped),
    content: { ...shipped } as Record<string, unknown>,
    madeBy: null,
    madeAt: null,
  }
  const all = [...own, ...(file ? [file] : [])]
  return ok({ id, versions: all.toSorted((a, b) => b.version - a.version) })
}

/** What it asks, in both languages; of one that is filled from a file, or cannot be read any more, nothing. */
export function saidOf({ catalogue }: Application, tag: Tag | undefined, asOf = '2026-01-01' as PlainDate) {
  if (tag === undefined || tag.source === 'import') return { sentence: null }
  const condition = bindTag(tag, asOf)
  const say = (lang: 'zh' | 'en') => sentence(condition, catalogue.factors.byId, lang)
  return { sentence: { zh: say('zh'), en: say('en') } }
}

/** Tags as a file of the catalogue has them: one, or all there are. Fault tag.unknown. */
async function write(application: Application, id?: string): Promise<Result<{ readonly yaml: string }>> {
  const known = await tagsKnown(application)
  const wanted = id === undefined ? known : known.filter(tag => tag.id === id)
  return wanted.length === 0 ? err(tagUnknown()) : ok({ yaml: tagText.yaml(wanted) })
}

/** Keeps the tags of such a file as drafts, all or none; those that say what there is already are left as they are. */
async function read(
  application: Application,
  asker: Asker,
  { yaml, name = 'tags.yaml' }: { readonly yaml: string; readonly name?: string | undefined },
) {
  const { entries, faults } = entriesIn(name, yaml)
  const [first] = faults
  if (first !== undefined) return err(first)
  const known = new Map((await tagsKnown(application)).map(tag => [tag.id, tag]))
  const fresh: Tag[] = []
  for (const { value, place } of entries) {
    const checked = await checkedTag(application, { ...(value as Content) })
    if (!checked.ok) return err(place(checked.fault))
    if (!saysTheSame(checked.value, known.get(checked.value.id))) fresh.push(checked.value)
  }
  const kept = await attempt(() =>
    application.desk.db.transaction().execute(async trx => {
      for (const tag of fresh) await keep(application, trx, asker, tag)
    }),
  )
  if (!kept.ok) return kept
  const saved = fresh.map(({ id, version }) => ({ id, version }))
  return ok({ saved, unchanged: entries.length - fresh.length })
}

function saysTheSame(tag: Tag, other: Tag | undefined): boolean {
  const same = { version: 0, state: 'active' }
  return other !== undefined && isDeepStrictEqual({ ...tag, ...same }, { ...other, ...same })
}

export const tagLife = { maker, save, activate, retire, versions, write, read } as const
