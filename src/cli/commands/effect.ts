import { type Command, Option } from 'commander'
import { effects } from '#flows'
import { everybody } from '#kernel'
import { type DataOptions, defaultData, type Invocation, unwrap, withApplication } from '../invocation.ts'
import { table } from '../output.ts'

interface Options extends DataOptions {
  readonly against: 'own' | 'universal'
}

export function effectCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  program
    .command('effect')
    .description(say.effect)
    .option('--data <dir>', say.data, defaultData)
    .addOption(
      new Option('--against <group>', say.effectAgainst).choices(['own', 'universal']).default('own'),
    )
    .action((options: Options) => effect(options, invocation))
}

async function effect({ against, ...options }: Options, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const found = unwrap(await effects(application, everybody, against))
    const points = (n: number | null) => (n === null ? '—' : `${n > 0 ? '+' : ''}${n.toFixed(1)}`)
    const head = ['', '', say.treated, say.control, say.difference, say.interval, say.pending]
    const rows = found.rows.map(e => [
      e.title[output.lang],
      e.measure.title[output.lang],
      `${e.treated.successes}/${e.treated.count}`,
      `${e.control.successes}/${e.control.count}`,
      points(e.differencePoints),
      `${points(e.lowPoints)} … ${points(e.highPoints)}  ${e.verdictTitle[output.lang]}`,
      String(e.pending),
    ])
    output.answer(found, rows.length === 0 ? [say.noEffects] : table([head, ...rows]))
  })
}
