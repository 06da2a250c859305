import { sql } from 'kysely'
import type { Desk } from '#desk'
import type { PlainDate, Progress } from '#kernel'
import { nightTables } from './tables.ts'

const everyMs = 500

/** What a running night tells and hears through the desk, so that any process can look at it and ask it to stop. */
export interface Watch {
  /** The caller's own wish to stop, or somebody's who asked through the desk. */
  readonly signal: AbortSignal
  /** Tells how far the running step is. */
  tell(step: string, progress: Progress): void
  end(): Promise<void>
}

export function watchNight(desk: Desk, day: PlainDate, asked?: AbortSignal): Watch {
  const leaving = new AbortController()
  let news: { readonly step: string; readonly done: number; readonly total: number } | undefined
  let round = Promise.resolve()
  const look = async () => {
    const told = news
    news = undefined
    if (told !== undefined) await noteProgress(desk, day, told)
    if (await isStopAsked(desk, day)) leaving.abort()
  }
  const timer = setInterval(() => {
    round = round.then(look)
  }, everyMs)
  return {
    signal: asked === undefined ? leaving.signal : AbortSignal.any([leaving.signal, asked]),
    tell(step, { done, total }) {
      if (total !== undefined) news = { step, done, total }
    },
    async end() {
      clearInterval(timer)
      await round
    },
  }
}

/** Asks the night that is running to stop; says for which day it ran. */
export async function askToStop(desk: Desk, at: Date, only?: string): Promise<PlainDate | undefined> {
  const asked = await nightTables(desk.db)
    .updateTable('night_run')
    .set({ stop_asked_at: at })
    .where('state', '=', 'running')
    .returning('day')
    .$if(only !== undefined, asking => asking.where(sql<string>`day::text`, '=', only ?? ''))
    .execute()
  return asked.at(-1)?.day
}

async function isStopAsked(desk: Desk, day: PlainDate): Promise<boolean> {
  const found = await nightTables(desk.db)
    .selectFrom('night_run')
    .select('stop_asked_at')
    .where('day', '=', day)
    .executeTakeFirst()
  return found?.stop_asked_at != null
}

async function noteProgress(
  desk: Desk,
  day: PlainDate,
  { step, done, total }: { readonly step: string; readonly done: number; readonly total: number },
): Promise<void> {
  await nightTables(desk.db)
    .updateTable('night_step')
    .set({ done, total })
    .where('day', '=', day)
    .where('id', '=', step)
    .where('state', '=', 'running')
    .execute()
}
