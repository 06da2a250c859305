import type { Command } from 'commander'
import { commandLine, knowing } from '#flows'
import { answerFrom, type DataOptions, dataOption, dayOption, type Invocation } from '../invocation.ts'
import { table } from '../output.ts'
import { mapCommands } from './segment-map.ts'

interface MapOptions extends DataOptions {
  readonly day?: string
}

interface MovesOptions extends DataOptions {
  readonly from?: string
  readonly to?: string
}

/** Where customers stand, and who moved. */
export function segmentCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const segment = program.command('segment').description(say.segment)
  dataOption(
    segment.command('map').description(say.segmentMap).option('--day <day>', say.day, dayOption),
    say,
  ).action((options: MapOptions) => map(options, invocation))
  dataOption(
    segment
      .command('moves')
      .description(say.segmentMoves)
      .option('--from <day>', say.segmentFrom, dayOption)
      .option('--to <day>', say.segmentTo, dayOption),
    say,
  ).action((options: MovesOptions) => moves(options, invocation))
  mapCommands(segment, invocation)
}

function map({ day, ...options }: MapOptions, invocation: Invocation): Promise<void> {
  const { lang } = invocation.output
  return answerFrom(
    invocation,
    options,
    application => knowing.map.show(application, commandLine, day),
    found => {
      const nameOf = (axis: Axis, code: string | null) => named(found[axis].classes, code)?.[lang] ?? '–'
      return table(
        found.cells.map(c => [
          nameOf('value', c.value),
          nameOf('stage', c.stage),
          nameOf('brand', c.brand),
          String(c.subscribers),
        ]),
      )
    },
  )
}

function moves({ from, to, ...options }: MovesOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application =>
      knowing.map.moves(application, commandLine, {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      }),
    found => {
      const place = (cell: { value: string | null; stage: string | null; brand: string | null } | null) =>
        cell === null
          ? '–'
          : [
              named(found.value.classes, cell.value)?.[output.lang] ?? '–',
              named(found.stage.classes, cell.stage)?.[output.lang] ?? '–',
              cell.brand ?? '–',
            ].join(' × ')
      const changed = found.moves.filter(m => place(m.from) !== place(m.to))
      return [
        say.segmentBetween({ from: found.from, to: found.to }),
        ...table(changed.map(m => [place(m.from), '→', place(m.to), String(m.subscribers)])),
      ]
    },
  )
}

type Axis = 'value' | 'stage' | 'brand'
interface Titled {
  readonly code: string
  readonly title: { readonly zh: string; readonly en: string }
}

function named(classes: readonly Titled[], code: string | null): Titled['title'] | undefined {
  return classes.find(c => c.code === code)?.title
}
