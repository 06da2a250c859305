import type { Command } from 'commander'
import { type Application, commandLine, organising } from '#flows'
import type { StaffChange } from '#governance'
import { answerFrom, type DataOptions, dataOption, type Invocation, unwrap } from '../invocation.ts'
import { table } from '../output.ts'
import { importFile } from './org.ts'

interface AddOptions extends DataOptions {
  readonly nameZh: string
  readonly nameEn: string
  readonly roles: string
  readonly unit: string
  readonly phone?: string
}

interface StandInOptions extends DataOptions {
  readonly from: string
  readonly to: string
}

export function staffCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const staff = program.command('staff').description(say.staffCommand)
  dataOption(staff.command('list').description(say.staffList), say)
    .option('--unit <id>', say.staffUnit)
    .action((options: DataOptions & { readonly unit?: string }) => list(options, invocation))
  dataOption(staff.command('import <file>').description(say.staffImport), say)
    .option('--apply', say.importApply)
    .action((file: string, options: DataOptions & { readonly apply?: boolean }) =>
      importFile('staff', file, options, invocation),
    )
  dataOption(staff.command('add <login>').description(say.staffAdd), say)
    .requiredOption('--name-zh <text>', say.nameZh)
    .requiredOption('--name-en <text>', say.nameEn)
    .requiredOption('--roles <list>', say.staffRolesOption)
    .requiredOption('--unit <id>', say.staffUnit)
    .option('--phone <number>', say.staffPhoneOption)
    .action((login: string, options: AddOptions) => add(login, options, invocation))
  changes(staff, invocation)
  standIns(staff, invocation)
}

/** The commands that change one member of staff. */
function changes(staff: Command, invocation: Invocation): void {
  const { say } = invocation
  dataOption(staff.command('move <login> <unit>').description(say.staffMove), say).action(
    (login: string, unit: string, options: DataOptions) =>
      change(login, { nodeId: unit }, options, invocation),
  )
  dataOption(staff.command('roles <login> <roles>').description(say.staffRoles), say).action(
    (login: string, roles: string, options: DataOptions) =>
      change(login, { roles: codesIn(roles) }, options, invocation),
  )
  dataOption(staff.command('phone <login> [number]').description(say.staffPhone), say).action(
    (login: string, phone: string | undefined, options: DataOptions) =>
      change(login, { phone: phone ?? '' }, options, invocation),
  )
  dataOption(staff.command('deactivate <login>').description(say.staffDeactivate), say).action(
    (login: string, options: DataOptions) => change(login, { isActive: false }, options, invocation),
  )
  dataOption(staff.command('activate <login>').description(say.staffActivate), say).action(
    (login: string, options: DataOptions) => change(login, { isActive: true }, options, invocation),
  )
}

function standIns(staff: Command, invocation: Invocation): void {
  const { say } = invocation
  dataOption(staff.command('stand-ins').description(say.standIns), say).action((options: DataOptions) =>
    listStandIns(options, invocation),
  )
  dataOption(staff.command('stand-in <login> <by>').description(say.standIn), say)
    .requiredOption('--from <day>', say.standInFrom)
    .requiredOption('--to <day>', say.standInTo)
    .action((login: string, by: string, options: StandInOptions) =>
      answerFrom(
        invocation,
        options,
        async application => {
          const { from, to } = options
          const [forId, byId] = [await idOf(application, login), await idOf(application, by)]
          return organising.setStandIn(application, commandLine, { forId, byId, from, to })
        },
        () => [say.done],
      ),
    )
  dataOption(staff.command('end-stand-in <login> <by>').description(say.standInEnd), say)
    .requiredOption('--from <day>', say.standInFrom)
    .action((login: string, by: string, options: StandInOptions) =>
      answerFrom(
        invocation,
        options,
        async application => {
          const [forId, byId] = [await idOf(application, login), await idOf(application, by)]
          return organising.dropStandIn(application, commandLine, { forId, byId, from: options.from })
        },
        () => [say.done],
      ),
    )
}

function list(options: DataOptions & { readonly unit?: string }, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application => organising.showStaff(application, commandLine, options.unit),
    found =>
      table(
        found.rows.map(one => [
          one.login,
          one.name[output.lang],
          one.unit.name[output.lang],
          one.roles.map(role => role.title[output.lang]).join(', '),
          one.phone ?? '',
          one.isActive ? '' : say.staffGone,
        ]),
      ),
  )
}

function add(login: string, options: AddOptions, invocation: Invocation): Promise<void> {
  const { nameZh: zh, nameEn: en, unit, phone } = options
  const wanted = { login, name: { zh, en }, roles: codesIn(options.roles), unit, phone }
  return answerFrom(
    invocation,
    options,
    application => organising.addColleague(application, commandLine, wanted),
    made => [`${made.login}  ${invocation.say.password} ${made.password}`],
  )
}

function change(
  login: string,
  wanted: StaffChange,
  options: DataOptions,
  invocation: Invocation,
): Promise<void> {
  return answerFrom(
    invocation,
    options,
    async application =>
      organising.changeColleague(application, commandLine, await idOf(application, login), wanted),
    () => [invocation.say.done],
  )
}

function listStandIns(options: DataOptions, invocation: Invocation): Promise<void> {
  const { output } = invocation
  return answerFrom(
    invocation,
    options,
    application => organising.showStandIns(application, commandLine),
    found =>
      table(
        found.rows.map(row => [row.from, row.to, `${row.forName[output.lang]} ← ${row.byName[output.lang]}`]),
      ),
  )
}

async function idOf(application: Application, login: string): Promise<string> {
  const { rows } = unwrap(await organising.showStaff(application, commandLine))
  return rows.find(one => one.login === login.toLowerCase())?.id ?? ''
}

function codesIn(text: string): readonly string[] {
  return text.split(',').flatMap(code => code.trim() || [])
}
