import { factorsOff } from '#factors'
import { approvals, audit, can, listStaff, settingBook } from '#governance'
import { err, everybody, type Fault, ok, type PlainDate, type Result } from '#kernel'
import { entriesIn } from '#rules'
import { countMoves, type Move, placedBy, type SegmentMap, segmentMaps, segmentVersions } from '#segments'
import type { Warehouse } from '#warehouse'
import type { Application } from '../application.ts'
import { approvalDesk } from '../approvals/desk.ts'
import { type Asker, asking } from '../asker.ts'
import { factorsWithin } from '../rules/within.ts'
import type { Words } from '../view/coded.ts'
import { classUnanswered, mapForbidden, mapNoDraft, mapNotOne, mapWaiting } from './faults.ts'
import { mapInForce, nextVersionOf } from './in-force.ts'
import type { MapPayload } from './map-approval.ts'
import { axesOf } from './shown-map.ts'
import { forked, segmentsWithin } from './within.ts'

const book = segmentVersions.maps

/** Somebody at the command line changes the map as a member of staff. Faults staff.unknown, segment.forbidden. */
async function maker(application: Application, login: string): Promise<Result<Asker>> {
  const asker = await approvalDesk.acting(application, login)
  if (!asker.ok) return asker
  return can(asker.value.staff, 'segment.change')
    ? ok(asking(asker.value, 'segment.change'))
    : err(mapForbidden())
}

interface Read {
  readonly map: SegmentMap | undefined
  readonly faults: readonly Fault[]
}

/** A map as the text of its file, as the next version; every fault of it at once, each with its line. */
async function mapIn({ desk, catalogue }: Application, yaml: string): Promise<Read> {
  const { segmentMap: file, factors } = catalogue
  const { entries, faults } = entriesIn('map.yaml', yaml)
  const [entry, ...more] = entries
  if (faults.length > 0) return { map: undefined, faults }
  if (entry === undefined || more.length > 0) return { map: undefined, faults: [mapNotOne()] }
  const version = nextVersionOf(await book.list(desk.db, file.id), file.version)
  const content = typeof entry.value === 'object' ? { ...entry.value, version, id: file.id } : entry.value
  const { map, faults: own } = segmentMaps.from(content, factors.byId)
  const unanswered = (map?.value.classes ?? []).flatMap(({ id }, i) => {
    return valueClasses.includes(id) ? [] : [classUnanswered(id, `value/classes/${i}`)]
  })
  const all = [...own, ...unanswered].map(entry.place)
  return { map: all.length > 0 ? undefined : map, faults: all }
}

/** The classes that policy, managers and offers know. */
const valueClasses: readonly string[] = ['high', 'middle', 'low']

interface Preview {
  readonly asOf: PlainDate
  readonly subscribers: number
  /** How many would have another value class or stage. */
  readonly moved: number
  readonly value: ReturnType<typeof axesOf>['value']
  readonly stage: ReturnType<typeof axesOf>['stage']
  readonly moves: readonly Move[]
}

interface Tried {
  readonly faults: readonly Fault[]
  readonly preview: Preview | null
}

/**
 * What a changed map would do: everything that is wrong with it, or who would move from which cell to which, of those whom the
 * asker may see, by what was known on the last morning. Faults segment.not-made, scope.not-kept.
 */
function tryOut(application: Application, asker: Asker, yaml: string): Promise<Result<Tried>> {
  return forked(application, async warehouse => {
    const { map, faults } = await mapIn(application, yaml)
    if (map === undefined) return ok({ faults, preview: null })
    const preview = await previewOf(application, warehouse, asker, map)
    return preview.ok ? ok({ faults: [], preview: preview.value }) : preview
  })
}

async function previewOf(
  application: Application,
  warehouse: Warehouse,
  asker: Asker,
  map: SegmentMap,
): Promise<Result<Preview>> {
  const before = await segmentsWithin(application, warehouse, asker.scope)
  if (!before.ok) return before
  const { asOf } = before.value
  const within = await factorsWithin(application, warehouse, asOf, asker.scope)
  if (!within.ok) return within
  const off = await factorsOff(warehouse, application.shelf, asOf)
  const words = new Map(off.map(({ id, fault: { zh, en } }): [string, Words] => [id, { zh, en }]))
  const order = { asOf, map, off: words, suspects: new Map<string, Words>() }
  // Where a class begins is found over everybody, as the night does; who moves is counted within the scope.
  const whole = await factorsWithin(application, warehouse, asOf, everybody)
  if (!whole.ok) return whole
  const { cuts, axes } = await placedBy(warehouse, { ...order, table: whole.value.table })
  const after = await placedBy(warehouse, { ...order, table: within.value.table }, cuts)
  const moves = await countMoves(warehouse, before.value.table, after.table)
  const { value, stage } = axesOf(map, { axes, cuts }, [])
  const subscribers = moves.reduce((sum, move) => sum + move.subscribers, 0)
  const stayed = moves
    .filter(({ from, to }) => from?.value === to?.value && from?.stage === to?.stage)
    .reduce((sum, move) => sum + move.subscribers, 0)
  return ok({ asOf, subscribers, moved: subscribers - stayed, value, stage, moves })
}

/** Keeps a changed map as a draft. The first fault of the map; segment.waiting. */
async function save(application: Application, asker: Asker, yaml: string) {
  const { desk, clock } = application
  const { map, faults } = await mapIn(application, yaml)
  const [first] = faults
  if (map === undefined) return err(first ?? mapNotOne())
  const at = clock.now()
  const by = asker.staff.id
  const { id, version } = map
  const isKept = await desk.db.transaction().execute(async trx => {
    if (!(await book.keepDraft(trx, { id, version, content: map }, { by, at }))) return false
    const about = { subject: `map:${id}`, detail: { version } }
    await audit(trx, { at, staffId: by, act: 'map.save', ...about, from: asker.from })
    return true
  })
  return isKept ? ok({ id, version }) : err(mapWaiting())
}

/** Asks for the draft to be put into force; a second person decides. Faults segment.no-draft, segment.waiting, approval.waiting. */
async function activate(application: Application, asker: Asker, { reason }: { readonly reason: string }) {
  const { desk, clock, catalogue } = application
  const { id } = catalogue.segmentMap
  const versions = await book.list(desk.db, id)
  const draft = versions.find(v => v.state === 'draft')
  if (draft === undefined) return err(versions.some(v => v.state === 'waiting') ? mapWaiting() : mapNoDraft())
  const { map, faults } = segmentMaps.from(draft.content, catalogue.factors.byId)
  const [first] = faults
  if (map === undefined) return err(first ?? mapNoDraft())
  const preview = await forked(application, warehouse => previewOf(application, warehouse, asker, map))
  if (!preview.ok) return preview
  const before = await mapInForce(application)
  const { moved, subscribers } = preview.value
  const at = clock.now()
  const days = await settingBook.read(desk.db, 'approvalDays')
  const same = (text: string) => ({ zh: text, en: text })
  const line = (zh: string, en: string, was: string | null, is: string) => {
    return { field: { zh, en }, before: was === null ? null : same(was), after: same(is) }
  }
  return desk.db.transaction().execute(async trx => {
    const move = { id, version: map.version, from: 'draft', to: 'waiting', at } as const
    if (!(await book.move(trx, move))) return err(mapNoDraft())
    const asked = await approvals.ask(trx, {
      kind: 'map',
      subject: `map:${id}`,
      title: map.title,
      changes: [
        line('版本', 'version', String(before.version), String(map.version)),
        line('定义', 'definition', segmentMaps.yaml(before), segmentMaps.yaml(map)),
        line('换位置的用户', 'subscribers who change their place', null, `${moved} / ${subscribers}`),
      ],
      payload: { mapId: id, version: map.version } satisfies MapPayload,
      reason,
      size: moved,
      level: 'supervisor',
      maker: asker.staff,
      at,
      days,
      from: asker.from,
    })
    return asked.ok ? ok({ id, approval: asked.value }) : asked
  })
}

/** Every version of the map, the newest first, the file's among them, each as the text of its file. */
async function versions(application: Application) {
  const { desk, catalogue } = application
  const { segmentMap: file, factors } = catalogue
  const staff = new Map((await listStaff(desk.db)).map(s => [s.id, s.name]))
  const inForce = await mapInForce(application)
  const kept = (await book.list(desk.db, file.id)).map(v => {
    const { map } = segmentMaps.from(v.content, factors.byId)
    return {
      version: v.version,
      state: v.state,
      madeBy: staff.get(v.madeBy) ?? null,
      madeAt: v.madeAt.toISOString(),
      activatedAt: v.activatedAt?.toISOString() ?? null,
      yaml: map === undefined ? null : segmentMaps.yaml(map),
    }
  })
  const shipped = {
    version: file.version,
    state: inForce.version === file.version ? ('active' as const) : ('retired' as const),
    madeBy: null,
    madeAt: null,
    activatedAt: null,
    yaml: segmentMaps.yaml(file),
  }
  return ok({ id: file.id, versions: [...kept, shipped].toSorted((a, b) => b.version - a.version) })
}

/** The map in force as a file of the catalogue has it. */
async function write(application: Application) {
  return ok({ yaml: segmentMaps.yaml(await mapInForce(application)) })
}

export const mapLife = { maker, tryOut, save, activate, versions, write } as const
