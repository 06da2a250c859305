import type { Command } from 'commander'
import type { Application } from '#flows'
import { endSession, listSessions, type OpenSession } from '#governance'
import { everybody, FaultError, systemClock } from '#kernel'
import { sessionUnnamed } from '../faults.ts'
import { type DataOptions, dataOption, type Invocation, unwrap, withApplication } from '../invocation.ts'
import { table } from '../output.ts'

interface Options extends DataOptions {
  readonly staff?: string
}

/** Whoever may use this machine's command line sees the whole organisation. */
const everywhere = { within: everybody }

export function sessionCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const session = program.command('session').description(say.session)
  dataOption(session.command('list').description(say.sessionList), say)
    .option('--staff <login>', say.sessionStaff)
    .action((options: Options) => list(options, invocation))
  dataOption(session.command('revoke').description(say.sessionRevoke), say)
    .argument('[id]', say.sessionId)
    .option('--staff <login>', say.sessionStaff)
    .action((id: string | undefined, options: Options) => revoke(id, options, invocation))
}

async function list(options: Options, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const sessions = await sessionsOf(application, options)
    const lines = sessions.map(s => [
      s.id,
      s.staff.login,
      s.staff.name[output.lang],
      s.seenAt.toISOString(),
      s.address ?? '—',
      s.device ?? '—',
    ])
    output.answer({ sessions }, lines.length === 0 ? [say.noSessions] : table(lines))
  })
}

async function revoke(id: string | undefined, options: Options, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  if (id === undefined && options.staff === undefined) throw new FaultError(sessionUnnamed())
  await withApplication(invocation, options, async application => {
    const ids = id === undefined ? (await sessionsOf(application, options)).map(s => s.id) : [id]
    for (const one of ids) {
      const end = { id: one, among: everywhere, by: null, at: systemClock.now() }
      unwrap(await endSession(application.desk.db, end))
    }
    output.answer({ ended: ids.length }, [say.sessionsEnded({ count: ids.length })])
  })
}

async function sessionsOf(application: Application, { staff }: Options): Promise<readonly OpenSession[]> {
  const sessions = await listSessions(application.desk.db, everywhere, systemClock.now())
  return sessions.filter(s => staff === undefined || s.staff.login === staff)
}
