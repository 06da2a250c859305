import type { DeskDb } from '#desk'
import type { PlainDate } from '#kernel'
import { type ListLine, linesOf, listsOn, sourceOf } from '#lists'
import { decidedBefore } from '#tasks'
import type { Application } from '../application.ts'

const linesPerLook = 20_000

/** Somebody on an approved list who has not been decided about on an earlier morning. */
export interface Listed {
  readonly list: Awaited<ReturnType<typeof listsOn>>[number]
  readonly subscriberId: string
  readonly reason: string
}

/** Whom the approved lists name this morning. */
export async function listedOn({ desk }: Application, day: PlainDate): Promise<readonly Listed[]> {
  const listed: Listed[] = []
  for (const list of await listsOn(desk.db, day)) {
    const span = { from: list.firstDay ?? day, to: day }
    const settled = await decidedBefore(desk.db, sourceOf(list.id), span)
    for await (const { subscriberId, reason } of everyLine(desk.db, list.id))
      if (!settled.has(subscriberId)) listed.push({ list, subscriberId, reason })
  }
  return listed
}

/** Who is on a list, in the order of their keys. */
export async function* everyLine(db: DeskDb, id: number): AsyncGenerator<ListLine> {
  for (let after = ''; ; ) {
    const some = await linesOf(db, id, { states: ['kept', 'added'], after, limit: linesPerLook })
    yield* some
    if (some.length < linesPerLook) return
    after = some.at(-1)?.subscriberId ?? after
  }
}
