import type { DeskDb } from '#desk'
import { type AuditEntry, audit } from '#governance'
import { attempt, FaultError, type PlainDate, type Result } from '#kernel'
import type { Application } from '../application.ts'
import type { Asker } from '../asker.ts'
import {
  difference,
  rolesStand,
  type Standings,
  staffStand,
  standInKey,
  standInsStand,
  unitsStand,
} from './standing.ts'

const done = { done: true } as const
const entriesPerStatement = 1_000

interface About {
  readonly act: string
  readonly subject: string
  /** How what may change stands; each that does is kept as it was and as it is. */
  readonly stand: (db: DeskDb) => Promise<Standings>
  /** The one that changes; several: each is an act of its own. */
  readonly of: string | ((key: string) => Pick<AuditEntry, 'act' | 'subject'>)
}

/** One transaction: what is refused changes nothing; what is done is in the audit, with what it was before. */
export async function change(
  application: Application,
  asker: Asker,
  { act, subject, stand, of }: About,
  work: (trx: DeskDb) => Promise<Result<unknown>>,
): Promise<Result<typeof done>> {
  const entry = { at: application.clock.now(), staffId: actor(asker), from: asker.from }
  return attempt(() =>
    application.desk.db.transaction().execute(async trx => {
      const before = await stand(trx)
      const result = await work(trx)
      if (!result.ok) throw new FaultError(result.fault)
      const after = await stand(trx)
      const detail = (key: string) => difference(before.get(key), after.get(key))
      if (typeof of === 'string') await audit(trx, { ...entry, act, subject, detail: detail(of) })
      else {
        const changed = [...after.keys()].filter(
          key => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)),
        )
        await audit(trx, { ...entry, act, subject, detail: { changed: changed.length } })
        for (let at = 0; at < changed.length; at += entriesPerStatement) {
          const some = changed.slice(at, at + entriesPerStatement)
          await audit(trx, ...some.map(key => ({ ...entry, ...of(key), detail: detail(key) })))
        }
      }
      return done
    }),
  )
}

/** What is changed one at a time. */
export const about = {
  unit: (act: string, id: string): About => ({ act, subject: `unit:${id}`, stand: unitsStand, of: id }),
  staff: (act: string, id: string): About => ({ act, subject: `staff:${id}`, stand: staffStand, of: id }),
  role: (act: string, code: string): About => ({ act, subject: `role:${code}`, stand: rolesStand, of: code }),
  standIn: (act: string, one: Omit<StandInWanted, 'to'>, day: PlainDate): About => ({
    act,
    subject: `staff:${one.forId}`,
    stand: standInsStand(day),
    of: standInKey(one),
  }),
}

/** What is changed many at a time. */
export const imports: Readonly<Record<'units' | 'staff', About>> = {
  units: {
    act: 'organisation.import',
    subject: 'organisation',
    stand: unitsStand,
    of: id => ({ act: 'unit.change', subject: `unit:${id}` }),
  },
  staff: {
    act: 'staff.import',
    subject: 'organisation',
    stand: staffStand,
    of: id => ({ act: 'staff.change', subject: `staff:${id}` }),
  },
}

/** The command line is whoever may use this machine: nobody who is signed in. */
function actor({ staff }: Asker): string | null {
  return staff.id === '' ? null : staff.id
}

export interface StandInWanted {
  readonly forId: string
  readonly byId: string
  readonly from: string
  readonly to: string
}
