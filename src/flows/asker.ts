import {
  holderOn,
  type Permission,
  type Post,
  permissionsIn,
  postsOf,
  type Staff,
  scopeFor,
} from '#governance'
import { addDays, everybody, localTime, type Placed, type PlainDate, type RowScope } from '#kernel'
import type { Application } from './application.ts'
import { lastNight } from './night/record.ts'

/** Who asks: a member of staff with all they may do today, and the rows they may see under what they ask now. */
export interface Asker {
  readonly staff: Staff
  readonly scope: RowScope
  /** Their own post and those of the colleagues they stand in for. */
  readonly posts: readonly Post[]
  /** From where: a network address, or the command line. */
  readonly from?: string | undefined
}

/** The day people work on: that of the last finished night; the calendar's before the first. */
export async function businessDay(application: Application): Promise<PlainDate> {
  const { desk, clock, zone } = application
  return (await lastNight(desk)) ?? localTime(clock.now(), zone).day
}

/** Somebody asking under a permission on a day, the business day unless told; under none for nobody's rows. */
export async function askerFrom(
  application: Application,
  staff: Staff,
  permission: Permission | null = null,
  day?: PlainDate,
): Promise<Asker> {
  const posts = await postsOf(application.desk.db, staff, day ?? (await businessDay(application)))
  const asker = { staff: { ...staff, permissions: permissionsIn(posts) }, scope: nobodys, posts }
  return permission === null ? asker : asking(asker, permission)
}

const nobodys: RowScope = { kind: 'several', of: [] }

/** Whoever may use the command line of this machine: everything, as nobody who is signed in. */
export const commandLine: Asker = {
  staff: {
    id: '',
    login: '',
    name: { zh: '命令行', en: 'command line' },
    roles: [],
    roleTitles: [],
    permissions: new Set(),
    language: 'zh',
    unit: { id: '', name: { zh: '命令行', en: 'command line' }, path: '/' },
    mustChangePassword: false,
  },
  scope: everybody,
  posts: [],
  from: 'command line',
}

/** The same person asking under another permission. */
export function asking(asker: Asker, permission: Permission): Asker {
  return { ...asker, scope: scopeFor(asker.posts, permission) }
}

/** What the asker may do and see in full for one row: permissions that reach only elsewhere are none here. */
export function on(asker: Asker, row: Placed) {
  return holderOn(asker.posts, row)
}

/** How fresh everything shown is: on every screen. */
export async function freshness(application: Application) {
  const asOf = (await lastNight(application.desk)) ?? null
  return {
    businessDay: await businessDay(application),
    asOf,
    dataThrough: asOf === null ? null : addDays(asOf, -1),
    living: application.living.now,
  }
}
