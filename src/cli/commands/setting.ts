import type { Command } from 'commander'
import { settingBook } from '#governance'
import { systemClock } from '#kernel'
import {
  type DataOptions,
  dataOption,
  type Invocation,
  unwrap,
  wholeNumber,
  withApplication,
} from '../invocation.ts'
import { table } from '../output.ts'
import { atCommandLine } from './audit.ts'

export function settingCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const setting = program.command('setting').description(say.setting)
  dataOption(setting.command('list').description(say.settingList), say).action((options: DataOptions) =>
    list(options, invocation),
  )
  dataOption(setting.command('set').description(say.settingSet), say)
    .argument('<id>', say.settingId)
    .argument('<value>', say.settingValue, wholeNumber(0, 2 ** 31))
    .action((id: string, value: number, options: DataOptions) => change({ id, value }, options, invocation))
}

async function list(options: DataOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  await withApplication(invocation, options, async ({ desk }) => {
    const found = await settingBook.list(desk.db)
    output.answer(found, table(found.map(s => [s.id, String(s.value), s.title[output.lang]])))
  })
}

async function change(
  wanted: { readonly id: string; readonly value: number },
  options: DataOptions,
  invocation: Invocation,
): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async ({ desk }) => {
    const { staffId, from } = atCommandLine()
    unwrap(await settingBook.change(desk.db, { ...wanted, staffId, from, at: systemClock.now() }))
    output.answer(wanted, [say.changed])
  })
}
