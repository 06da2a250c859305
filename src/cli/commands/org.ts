import { type Command, Option } from 'commander'
import { commandLine, type ImportReport, organising, uploading } from '#flows'
import type { Result } from '#kernel'
import { uploads } from '#wire'
import { stopAtFaulty } from '../faults.ts'
import { answerFrom, type DataOptions, dataOption, type Invocation, unwrap } from '../invocation.ts'
import { type Output, table } from '../output.ts'

interface ImportOptions extends DataOptions {
  readonly apply?: boolean
}

interface UnitOptions extends DataOptions {
  readonly parent?: string
  readonly level: string
  readonly nameZh: string
  readonly nameEn: string
}

const levels = ['hq', 'province', 'city', 'county', 'grid', 'team']

export function orgCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const org = program.command('org').description(say.org)
  dataOption(org.command('show').description(say.orgShow), say).action((options: DataOptions) =>
    show(options, invocation),
  )
  dataOption(org.command('import <file>').description(say.orgImport), say)
    .option('--apply', say.importApply)
    .action((file: string, options: ImportOptions) => importFile('units', file, options, invocation))
  dataOption(org.command('set <id>').description(say.orgSet), say)
    .option('--parent <id>', say.unitParent)
    .addOption(new Option('--level <level>', say.unitLevel).choices(levels).makeOptionMandatory())
    .requiredOption('--name-zh <text>', say.nameZh)
    .requiredOption('--name-en <text>', say.nameEn)
    .action((id: string, options: UnitOptions) => set(id, options, invocation))
  dataOption(org.command('move <id> <parent>').description(say.orgMove), say).action(
    (id: string, parent: string, options: DataOptions) => move(id, parent, options, invocation),
  )
  dataOption(org.command('remove <id>').description(say.orgRemove), say).action(
    (id: string, options: DataOptions) =>
      answerFrom(
        invocation,
        options,
        application => organising.dropUnit(application, commandLine, id),
        () => [say.done],
      ),
  )
}

function show(options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application => organising.showOrganisation(application, commandLine),
    found => {
      const depth = new Map<string | null, number>([[null, -1]])
      for (const unit of found.units) depth.set(unit.id, (depth.get(unit.parentId) ?? -1) + 1)
      return table(
        found.units.map(unit => [
          `${'  '.repeat(depth.get(unit.id) ?? 0)}${unit.name[output.lang]}`,
          unit.id,
          unit.level.title[output.lang],
          say.unitHolds(unit),
        ]),
      )
    },
  )
}

function set(id: string, options: UnitOptions, invocation: Invocation): Promise<void> {
  const { parent = null, level, nameZh: zh, nameEn: en } = options
  const unit = { id, parentId: parent, level, name: { zh, en } }
  return answerFrom(
    invocation,
    options,
    application => organising.setUnit(application, commandLine, unit),
    () => [invocation.say.done],
  )
}

function move(id: string, parent: string, options: DataOptions, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    options,
    async application => {
      const { units } = unwrap(await organising.showOrganisation(application, commandLine))
      const unit = units.find(one => one.id === id)
      const level = unit?.level.code ?? ''
      const name = unit?.name ?? { zh: id, en: id }
      return unit === undefined
        ? organising.dropUnit(application, commandLine, id)
        : organising.setUnit(application, commandLine, { id, parentId: parent, level, name })
    },
    () => [invocation.say.done],
  )
}

/** Tells what a file would change, or does it; a file with wrong lines is told line by line and changes nothing. */
export async function importFile(
  what: 'units' | 'staff',
  file: string,
  options: ImportOptions,
  invocation: Invocation,
): Promise<void> {
  const { output, say } = invocation
  const kept = await uploading.at(file, uploads.importOrganisation)
  const order = { what, file: kept, apply: options.apply === true }
  try {
    await answerFrom(
      invocation,
      options,
      async application => {
        const report: Result<ImportReport> = await organising.importOrganisation(
          application,
          commandLine,
          order,
        )
        if (report.ok) stopAtFaulty(report.value.faulty)
        return report
      },
      found => [
        ...changeLines(found, output),
        say.importSum({ changes: found.changes.length, unchanged: found.unchanged }),
        found.applied || found.changes.length === 0 ? say.done : say.importPreview,
        ...found.passwords.map(one => `${one.login}  ${say.password} ${one.password}`),
      ],
    )
  } finally {
    await kept.close()
  }
}

function changeLines({ changes }: ImportReport, { lang }: Output): readonly string[] {
  const mark = { new: '+', changed: '~' }
  const none = lang === 'zh' ? '（空）' : '(nothing)'
  return changes.flatMap(({ kind, id, fields }) => [
    `${mark[kind]} ${id}`,
    ...fields.map(({ field, before, after }) => `    ${field}: ${before || none} → ${after || none}`),
  ])
}
