import { once } from 'node:events'
import path from 'node:path'
import type { Command } from 'commander'
import {
  type Application,
  asOnlyServer,
  demoPassword,
  type Founded,
  foundDemo,
  freshness,
  type LiveOrder,
  liveOn,
  openApplication,
} from '#flows'
import { builtInRoles } from '#governance'
import { ok, type Result, systemClock } from '#kernel'
import {
  type DataOptions,
  defaultData,
  type Invocation,
  type MemoryOptions,
  memoryOption,
  unwrap,
  wholeNumber,
} from '../invocation.ts'
import { printFaults, table } from '../output.ts'
import { type ProgressShow, showProgress } from '../progress.ts'
import { whenStopped } from '../signals.ts'

interface Options extends DataOptions, MemoryOptions {
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
  const command = program
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
  memoryOption(command, say).action((options: Options) => start(options, invocation))
}

async function start(options: Options, invocation: Invocation): Promise<void> {
  const signal = whenStopped()
  const progress = showProgress(invocation.output)
  const application = await openApplication({
    dataFolder: path.resolve(options.data),
    databaseUrl: invocation.env['DATABASE_URL'],
    clock: systemClock,
    nightMemoryMiB: options.memory,
  })
  try {
    const { onProgress } = progress
    const { subscribers, seed, lived, days } = options
    const order = { subscribers, seed, days, livedDays: lived, onProgress, signal }
    const done = await asOnlyServer(application, async (): Promise<Result<unknown>> => {
      const founded = await foundDemo(application, order)
      if (!founded.ok) return founded
      if (!options.serve) return finish(application, founded.value, { invocation, progress, signal })
      return serve(application, founded.value, options, { invocation, progress, signal })
    })
    unwrap(done)
  } finally {
    progress.end()
    await application.close()
  }
}

/** Prepares only: the days that are left are lived, and a first administrator's password is told. */
async function finish(
  application: Application,
  { daysLeft, administrator }: Founded,
  { invocation, progress, signal }: Serving,
): Promise<Result<unknown>> {
  const { output, say } = invocation
  if (administrator !== undefined) {
    const { login, password } = administrator
    output.answer({ administrator }, [`${login}  ${say.password} ${password}  ${say.oneTimePassword}`])
    return ok(true)
  }
  return liveOn(application, { days: daysLeft, onProgress: progress.onProgress, signal })
}

interface Serving {
  readonly invocation: Invocation
  readonly progress: ProgressShow
  /** Aborted when the process is asked to stop. */
  readonly signal: AbortSignal
}

/** The console opens with the first night's lists; the days that are left are lived while it serves. */
async function serve(
  application: Application,
  founded: Founded,
  options: Options,
  serving: Serving,
): Promise<Result<unknown>> {
  const { invocation, progress, signal } = serving
  const { output, say } = invocation
  const { daysLeft } = founded
  if (invocation.serve === undefined) throw new TypeError('nothing to serve with')
  const server = await invocation.serve(application, {
    host: options.host,
    port: options.port ?? defaultPort,
    mayMove: options.port === undefined,
    onBuild: () => output.note(say.building),
  })
  try {
    progress.end()
    await announce(application, { ...founded, url: server.url }, invocation)
    const days = { days: daysLeft, livedBefore: options.lived - daysLeft }
    if (daysLeft > 0) await liveWhileServing(application, days, serving)
    if (!signal.aborted) await once(signal, 'abort')
    output.say(say.stopped)
    return ok(true)
  } finally {
    await server.close()
  }
}

/** A fault on the way is told and ends the living, not the serving. */
async function liveWhileServing(
  application: Application,
  days: Pick<LiveOrder, 'days' | 'livedBefore'>,
  { invocation, progress, signal }: Serving,
): Promise<void> {
  const { output, say } = invocation
  output.note(say.livingOn(days))
  const lived = await liveOn(application, { ...days, signal, onProgress: progress.onProgress })
  progress.end()
  if (signal.aborted) return
  if (!lived.ok) return printFaults([lived.fault], output)
  const { asOf } = await freshness(application)
  output.note(say.livedTo({ asOf: asOf ?? '—' }))
}

async function announce(
  application: Application,
  { url, demoAccounts, administrator }: Founded & { readonly url: string },
  { output, say }: Invocation,
): Promise<void> {
  const { asOf, dataThrough } = await freshness(application)
  const title = (code: string) => builtInRoles.find(role => role.code === code)?.title[output.lang] ?? code
  const accounts = [
    ...demoAccounts.map(a => ({
      login: a.login,
      role: title(a.role),
      unit: a.unit[output.lang],
      password: demoPassword,
    })),
    ...(administrator === undefined
      ? []
      : [{ ...administrator, role: title('administrator'), unit: say.oneTimePassword }]),
  ]
  output.answer({ url, asOf, dataThrough, accounts }, [
    say.ready({ url, dataThrough: dataThrough ?? '—', asOf: asOf ?? '—' }),
    '',
    ...table(accounts.map(a => [`  ${a.role}`, a.login, a.unit, `${say.password} ${a.password}`])),
    '',
    say.stopHint,
  ])
}
