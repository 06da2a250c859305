import type { Fault, PlainDate } from '#kernel'
import { isHolding, type ListRow } from './book.ts'
import {
  listEmpty,
  listExpired,
  listMakesTasks,
  listNotApproved,
  listStopped,
  listUnknown,
} from './faults.ts'

interface Wanted {
  /** undefined: nobody within the scope of whoever asks made one. */
  readonly list: ListRow | undefined
  /** How many are on it. */
  readonly people: number
  readonly day: PlainDate
}

/** Why no campaign may begin for the people of a list on a day; undefined: one may. */
export function whyNotForCampaign({ list, people, day }: Wanted): Fault | undefined {
  if (list === undefined) return listUnknown()
  if (list.action !== null) return listMakesTasks()
  if (list.state === 'stopped') return listStopped()
  if (list.state !== 'approved') return listNotApproved()
  if (!isHolding(list, day)) return listExpired()
  return people === 0 ? listEmpty() : undefined
}
