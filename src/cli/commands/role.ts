import { type Command, Option } from 'commander'
import { commandLine, organising } from '#flows'
import { answerFrom, type DataOptions, dataOption, type Invocation } from '../invocation.ts'
import { table } from '../output.ts'

interface SetOptions extends DataOptions {
  readonly titleZh: string
  readonly titleEn: string
  readonly reach: 'own' | 'branch'
  readonly permissions: string
}

export function roleCommand(program: Command, invocation: Invocation): void {
  const { output, say } = invocation
  const role = program.command('role').description(say.role)
  dataOption(role.command('list').description(say.roleList), say).action((options: DataOptions) =>
    answerFrom(invocation, options, organising.showRoles, found =>
      table(
        found.roles.map(one => [
          one.code,
          one.title[output.lang],
          say.reaches[one.reach],
          String(one.staff),
          one.permissions.join(' '),
        ]),
      ),
    ),
  )
  dataOption(role.command('set <code>').description(say.roleSet), say)
    .requiredOption('--title-zh <text>', say.nameZh)
    .requiredOption('--title-en <text>', say.nameEn)
    .addOption(new Option('--reach <reach>', say.roleReach).choices(['own', 'branch']).default('branch'))
    .requiredOption('--permissions <list>', say.rolePermissions)
    .action((code: string, options: SetOptions) => set(code, options, invocation))
  dataOption(role.command('remove <code>').description(say.roleRemove), say).action(
    (code: string, options: DataOptions) =>
      answerFrom(
        invocation,
        options,
        application => organising.dropRole(application, commandLine, code),
        () => [say.done],
      ),
  )
}

function set(code: string, options: SetOptions, invocation: Invocation): Promise<void> {
  const wanted = {
    code,
    title: { zh: options.titleZh, en: options.titleEn },
    reach: options.reach,
    permissions: options.permissions.split(',').flatMap(text => text.trim() || []),
  }
  return answerFrom(
    invocation,
    options,
    application => organising.changeRole(application, commandLine, wanted),
    () => [invocation.say.done],
  )
}
