import path from 'node:path'
import type { Command } from 'commander'
import { type Application, asOnlyServer, demoPassword, freshness, openApplication, prepareDemo } from '#flows'
import { listStaff, roles } from '#governance'
import { systemClock } from '#kernel'
import { type DataOptions, defaultData, type Invocation, unwrap, wholeNumber } from '../invocation.ts'
import { table } from '../output.ts'
import { showProgress } from '../progress.ts'
import { untilStopped } from '../signals.ts'

interface Options extends DataOptions {
  readonly host: string
  readonly port?: number
  readonly subscribers: number
  readonly days: number
  readonly lived: number
  readonly seed: number
  readonly serve: boolean
}

const defaultPort = 8080

export function startCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  program
    .command('start')
    .description(say.start)
    .option('--data <dir>', say.data, defaultData)
    .option('--port <n>', say.port, wholeNumber(0, 65_535))
    .option('--host <address>', say.host, '127.0.0.1')
    .option('--subscribers <n>', say.subscribers, wholeNumber(100, 10_000_000), 20_000)
    .option('--days <n>', say.days, wholeNumber(61, 730), 120)
    .option('--lived <n>', say.lived, wholeNumber(0, 60), 14)
    .option('--seed <n>', say.seed, wholeNumber(0, 2 ** 31), 1)
    .option('--no-serve', say.noOpen)
    .action((options: Options) => start(options, invocation))
}

async function start(options: Options, invocation: Invocation): Promise<void> {
  const stopped = untilStopped()
  const progress = showProgress(invocation.output)
  const application = await openApplication({
    dataFolder: path.resolve(options.data),
    databaseUrl: invocation.env['DATABASE_URL'],
    clock: systemClock,
  })
  try {
    const { onProgress } = progress
    const served = await asOnlyServer(application, async () => {
      const { subscribers, seed, lived, days } = options
      const prepared = await prepareDemo(application, {
        subscribers,
        seed,
        days,
        livedDays: lived,
        onProgress,
      })
      if (prepared.ok && options.serve) await serve(application, options, invocation, progress.end, stopped)
      return prepared
    })
    unwrap(served)
  } finally {
    progress.end()
    await application.close()
  }
}

async function serve(
  application: Application,
  options: Options,
  invocation: Invocation,
  endProgress: () => void,
  stopped: Promise<string>,
): Promise<void> {
  const { output, say } = invocation
  if (invocation.serve === undefined) throw new TypeError('nothing to serve with')
  const server = await invocation.serve(application, {
    host: options.host,
    port: options.port ?? defaultPort,
    mayMove: options.port === undefined,
    onBuild: () => output.note(say.building),
  })
  try {
    endProgress()
    await announce(application, server.url, invocation)
    await stopped
    output.say(say.stopped)
  } finally {
    await server.close()
  }
}

async function announce(application: Application, url: string, { output, say }: Invocation): Promise<void> {
  const { asOf, dataThrough } = await freshness(application)
  const accounts = (await listStaff(application.desk.db)).map(s => ({
    login: s.login,
    role: roles[s.role][output.lang],
    unit: s.unit.name[output.lang],
    password: demoPassword,
  }))
  output.answer({ url, asOf, dataThrough, accounts }, [
    say.ready({ url, dataThrough: dataThrough ?? '—', asOf: asOf ?? '—' }),
    '',
    ...table(accounts.map(a => [`  ${a.role}`, a.login, a.unit, `${say.password} ${a.password}`])),
    '',
    say.stopHint,
  ])
}
