import { type RawBuilder, sql } from 'kysely'
import type { DeskDb } from './open.ts'

export type VersionState = 'draft' | 'waiting' | 'active' | 'retired'

/** A version of something that people define, as it is kept: the content is what a file of the catalogue would say. */
export interface KeptVersion {
  readonly id: string
  readonly version: number
  readonly content: unknown
  readonly state: VersionState
  readonly origin: 'catalogue' | 'console'
  readonly madeBy: string
  readonly madeAt: Date
  readonly activatedAt: Date | null
  readonly retiredAt: Date | null
}

export interface VersionMade {
  readonly by: string
  readonly at: Date
}

export interface VersionMove {
  readonly id: string
  readonly version: number
  readonly from: VersionState
  readonly to: VersionState
  readonly at: Date
}

type Written = Pick<KeptVersion, 'id' | 'version' | 'content'>

/** What can be done with versions: of each id one is active at most, and one a draft or waiting. */
export interface VersionBook {
  /** Every version that is kept, of one id or all, the newest of each first. */
  list(db: DeskDb, id?: string): Promise<readonly KeptVersion[]>
  /** Keeps a draft in the place of the same version's; false when that version is a draft no more. */
  keepDraft(db: DeskDb, written: Written, made: VersionMade): Promise<boolean>
  /** Moves a version from one state to another; false when it is not in the first. */
  move(db: DeskDb, move: VersionMove): Promise<boolean>
  /** Puts a version into force from the state it is in, in the place of the one that was; false when it is not in that state. */
  activate(db: DeskDb, which: Omit<VersionMove, 'to' | 'at'>, at: Date): Promise<boolean>
  /** Notes that a version of the catalogue is retired here, whatever the file goes on saying. */
  retireOfCatalogue(db: DeskDb, written: Written, made: VersionMade): Promise<void>
}

/** The versions in a table of this shape: `key`, version, content, state, origin, made_by, made_at, activated_at, retired_at. */
export function versionsIn(name: string, keyName: string): VersionBook {
  const [table, key] = [sql.table(name), sql.ref(keyName)]
  const where = ({ id, version, from }: Omit<VersionMove, 'to' | 'at'>) =>
    sql`${key} = ${id} and version = ${version} and state = ${from}`
  const move: VersionBook['move'] = async (db, { to, at, ...which }) => {
    const marks = {
      draft: sql``,
      waiting: sql``,
      active: sql`, activated_at = ${at}`,
      retired: retiredAt(at),
    }
    const moved = sql`update ${table} set state = ${to}${marks[to]} where ${where(which)} returning version`
    return (await moved.execute(db)).rows.length > 0
  }
  return {
    move,
    list: async (db, id) => {
      const one = id === undefined ? sql`true` : sql`${key} = ${id}`
      const found = await sql<KeptVersion>`
        select ${key} as id, version, content, state, origin, made_by as "madeBy", made_at as "madeAt",
          activated_at as "activatedAt", retired_at as "retiredAt"
        from ${table} where ${one} order by ${key}, version desc`.execute(db)
      return found.rows
    },
    keepDraft: async (db, { id, version, content }, { by, at }) => {
      const kept = sql`
        insert into ${table} as kept (${key}, version, content, state, origin, made_by, made_at)
        values (${id}, ${version}, ${JSON.stringify(content)}, 'draft', 'console', ${by}, ${at})
        on conflict (${key}, version) do update
          set content = excluded.content, made_by = excluded.made_by, made_at = excluded.made_at
          where kept.state = 'draft'
        returning version`
      return (await kept.execute(db)).rows.length > 0
    },
    activate: async (db, which, at) => {
      await sql`update ${table} set state = 'retired'${retiredAt(at)} where ${key} = ${which.id} and state = 'active'`.execute(
        db,
      )
      return move(db, { ...which, to: 'active', at })
    },
    retireOfCatalogue: async (db, { id, version, content }, { by, at }) => {
      await sql`
        insert into ${table} (${key}, version, content, state, origin, made_by, made_at, retired_at)
        values (${id}, ${version}, ${JSON.stringify(content)}, 'retired', 'catalogue', ${by}, ${at}, ${at})
        on conflict do nothing`.execute(db)
    },
  }
}

function retiredAt(at: Date): RawBuilder<unknown> {
  return sql`, retired_at = ${at}`
}
