import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type Application, type Asker, commandLine, knowing } from '#flows'
import { FaultError, type Result } from '#kernel'
import { answerFrom, type DataOptions, dataOption, type Invocation } from '../invocation.ts'
import { table } from '../output.ts'

interface StaffOptions extends DataOptions {
  readonly staff: string
}
interface OutOptions extends DataOptions {
  readonly out?: string
}

const { life } = knowing.map

/** The definition of the map of customers: tree and value classes as a file, tried, kept, put into force. */
export function mapCommands(segment: Command, invocation: Invocation): void {
  const { say } = invocation
  const definition = segment.command('definition').description(say.definition)
  const data = (command: Command) => dataOption(command, say)
  const acting = (command: Command) => data(command.requiredOption('--staff <login>', say.asStaff))
  data(definition.command('versions').description(say.definitionVersions)).action((options: DataOptions) =>
    versions(options, invocation),
  )
  data(
    definition.command('export').description(say.definitionExport).option('--out <file>', say.definitionOut),
  ).action((options: OutOptions) => write(options, invocation))
  data(definition.command('try <file>').description(say.definitionTry)).action(
    (file: string, options: DataOptions) => tryOut(file, options, invocation),
  )
  acting(definition.command('save <file>').description(say.definitionSave)).action(
    (file: string, options: StaffOptions) => save(file, options, invocation),
  )
  acting(
    definition
      .command('activate')
      .description(say.definitionActivate)
      .requiredOption('--reason <text>', say.definitionReason),
  ).action((options: StaffOptions & { readonly reason: string }) => activate(options, invocation))
}

async function as<T>(
  application: Application,
  login: string,
  work: (asker: Asker) => Promise<Result<T>>,
): Promise<Result<T>> {
  const asker = await life.maker(application, login)
  return asker.ok ? work(asker.value) : asker
}

function versions(options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(invocation, options, life.versions, found =>
    table(
      found.versions.map(v => [
        say.tagVersion({ version: v.version }),
        say.definitionStates[v.state],
        v.madeBy?.[output.lang] ?? '–',
        v.madeAt ?? '–',
      ]),
    ),
  )
}

function write({ out, ...options }: OutOptions, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    options,
    async application => {
      const found = await life.write(application)
      if (out !== undefined) await writeFile(out, found.value.yaml)
      return found
    },
    found => (out === undefined ? [found.yaml] : [out]),
  )
}

async function tryOut(file: string, options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const yaml = await readFile(file, 'utf8')
  await answerFrom(
    invocation,
    options,
    async application => {
      const tried = await life.tryOut(application, commandLine, yaml)
      const [first, ...rest] = tried.ok ? tried.value.faults : []
      if (first !== undefined) throw new FaultError(first, ...rest)
      return tried
    },
    ({ preview }) => {
      if (preview === null) return []
      const { value, stage, moved, subscribers, moves } = preview
      const nameOf = (all: typeof value.classes | typeof stage.classes, code: string | null) =>
        all.find(c => c.code === code)?.title[output.lang] ?? '–'
      const place = (cell: (typeof moves)[number]['from']) =>
        `${nameOf(value.classes, cell?.value ?? null)} × ${nameOf(stage.classes, cell?.stage ?? null)}`
      const changed = moves.filter(m => place(m.from) !== place(m.to))
      return [
        say.of({ count: moved, of: subscribers }),
        ...table(changed.map(m => [place(m.from), '→', place(m.to), String(m.subscribers)])),
      ]
    },
  )
}

async function save(
  file: string,
  { staff, ...options }: StaffOptions,
  invocation: Invocation,
): Promise<void> {
  const yaml = await readFile(file, 'utf8')
  await answerFrom(
    invocation,
    options,
    application => as(application, staff, asker => life.save(application, asker, yaml)),
    ({ id, version }) => [`${id} ${invocation.say.tagVersion({ version })}`],
  )
}

function activate(
  { staff, reason, ...options }: StaffOptions & { readonly reason: string },
  invocation: Invocation,
): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application => as(application, staff, asker => life.activate(application, asker, { reason })),
    ({ approval }) => [invocation.say.definitionAsked({ approval: String(approval) })],
  )
}
