import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { DeskDb } from '#desk'

const failuresFree = 4
const pauseFirstS = 30
const pauseMaxS = 900
const forgetHours = 24

/**
 * Counts an attempt before it is judged, so that many at once cannot slip through; false while the login is paused.
 * After four failures each further attempt doubles the pause, from 30 s up to 15 min; a quiet day forgets them.
 */
export async function mayTry(db: DeskDb, login: string, at: Date): Promise<boolean> {
  await sql`delete from governance_sign_in_failure
    where last_at < ${at}::timestamptz - make_interval(hours => ${forgetHours})`.execute(db)
  const { rows } = await sql`
    insert into governance_sign_in_failure as failure (login_sha256, failures, last_at, locked_until)
    values (${loginDigest(login)}, 1, ${at}, ${at})
    on conflict (login_sha256) do update set
      failures = failure.failures + 1,
      last_at = ${at},
      locked_until = ${at}::timestamptz + make_interval(secs =>
        case when failure.failures < ${failuresFree} then 0
          else least(${pauseMaxS}, ${pauseFirstS} * power(2, least(failure.failures - ${failuresFree}, 20))) end)
    where failure.locked_until <= ${at}
    returning failures`.execute(db)
  return rows.length === 1
}

export async function forgetFailures(db: DeskDb, login: string): Promise<void> {
  await sql`delete from governance_sign_in_failure where login_sha256 = ${loginDigest(login)}`.execute(db)
}

function loginDigest(login: string): string {
  return createHash('sha256').update(login).digest('hex')
}
