import type { Command } from 'commander'
import { personalData } from '#flows'
import { confirm } from '../confirm.ts'
import {
  answerFrom,
  type DataOptions,
  dataOption,
  type Invocation,
  unwrap,
  withApplication,
} from '../invocation.ts'
import { table } from '../output.ts'
import { atCommandLine } from './audit.ts'

interface ExportOptions extends DataOptions {
  readonly out: string
  readonly why: string
}
interface EraseOptions extends DataOptions {
  readonly why: string
  readonly yes?: boolean
}

export function personalDataCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const personal = program.command('personal-data').description(say.personal)
  dataOption(personal.command('export').description(say.personalExport), say)
    .argument('<key>', say.personalKey)
    .requiredOption('--out <dir>', say.outFolder)
    .requiredOption('--why <text>', say.why)
    .action((key: string, options: ExportOptions) => write(key, options, invocation))
  dataOption(personal.command('erase').description(say.personalErase), say)
    .argument('<key>', say.personalKey)
    .requiredOption('--why <text>', say.why)
    .option('--yes', say.yes)
    .action((key: string, options: EraseOptions) => erase(key, options, invocation))
}

function write(
  key: string,
  { out, why: reason, ...options }: ExportOptions,
  invocation: Invocation,
): Promise<void> {
  const { staffId, from } = atCommandLine()
  return answerFrom(
    invocation,
    options,
    application => personalData.export(application, key, { out, staffId, from, reason }),
    ({ folder, counts }) => [
      ...table(Object.entries(counts).map(([name, rows]) => [name, String(rows)])),
      invocation.say.collected({ folder, rows: sum(counts) }),
    ],
  )
}

async function erase(key: string, options: EraseOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const { staffId, from } = atCommandLine()
  await withApplication(invocation, options, async application => {
    const person = unwrap(await personalData.behind(application, key))
    await confirm(say.eraseSure({ subscribers: person.subscriberIds.join(', ') }), options.yes, invocation)
    const done = unwrap(await personalData.erase(application, key, { staffId, from, reason: options.why }))
    const subscribers = done.person.subscriberIds.length
    output.answer(done, [say.erased({ subscribers, rows: sum(done.counts) })])
  })
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, n) => total + n, 0)
}
