import { type Command, InvalidArgumentError } from 'commander'
import { type Application, openApplication } from '#flows'
import { FaultError, isPlainDate, type PlainDate, type Result, systemClock } from '#kernel'
import type { Output } from './output.ts'
import type { CliWords } from './words.ts'

export interface ServeOptions {
  readonly host: string
  readonly port: number
  /** When the port is taken: another free one (true) or a fault (false). */
  readonly mayMove: boolean
  readonly onBuild: () => void
}

/** Serves the API and the console; given by whoever knows both the command line and the network. */
export type Serve = (
  application: Application,
  options: ServeOptions,
) => Promise<{ readonly url: string; close(): Promise<void> }>

/** What a command is given beside its options. */
export interface Invocation {
  readonly serve?: Serve
  readonly output: Output
  readonly env: NodeJS.ProcessEnv
  readonly say: CliWords
}

export interface DataOptions {
  readonly data: string
}

export interface DayOptions extends DataOptions {
  readonly day?: PlainDate
}

/** A command that reads a data folder says which. */
export function dataOption(command: Command, say: CliWords): Command {
  return command.option('--data <dir>', say.data, defaultData)
}

/** And one that answers for a morning, which: the last one unless told. */
export function dayOptions(command: Command, say: CliWords): Command {
  return dataOption(command.option('--day <day>', say.day, dayOption), say)
}

export interface MemoryOptions {
  /** MiB for a night's heavy work. */
  readonly memory?: number
}

/** Every command that may run a night says how much memory its heavy work gets. */
export function memoryOption(command: Command, say: CliWords): Command {
  return command.option('--memory <MiB>', say.memory, wholeNumber(128, 2 ** 22))
}

export const defaultData = './data'

/** Opens the application of a data folder for one piece of work and closes it whatever happens. */
export async function withApplication<T>(
  invocation: Invocation,
  options: DataOptions & MemoryOptions,
  work: (application: Application) => Promise<T>,
): Promise<T> {
  const application = await openApplication({
    dataFolder: options.data,
    databaseUrl: invocation.env['DATABASE_URL'],
    clock: systemClock,
    nightMemoryMiB: options.memory,
  })
  try {
    return await work(application)
  } finally {
    await application.close()
  }
}

/** Asks the application once and answers with what it found, or with its fault. */
export async function answerFrom<T>(
  invocation: Invocation,
  options: DataOptions,
  ask: (application: Application) => Promise<Result<T>>,
  lines: (found: T) => readonly string[],
): Promise<void> {
  await withApplication(invocation, options, async application => {
    const found = unwrap(await ask(application))
    invocation.output.answer(found, lines(found))
  })
}

/** The value of a result, or its fault on its way to the exit code. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.fault)
  return result.value
}

export function dayOption(text: string): PlainDate {
  if (isPlainDate(text)) return text
  throw new InvalidArgumentError('2026-11-22')
}

/** A whole number between limits, both in. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= min && value <= max) return value
    throw new InvalidArgumentError(`${min}–${max}`)
  }
}
