import { Command, CommanderError } from 'commander'
import { FaultError } from '#kernel'
import { approvalCommand } from './commands/approval.ts'
import { auditCommand } from './commands/audit.ts'
import { campaignCommand } from './commands/campaign.ts'
import { careCommand } from './commands/care.ts'
import { effectCommand } from './commands/effect.ts'
import { factorCommand } from './commands/factor.ts'
import { feedsCommand } from './commands/feeds.ts'
import { listCommand } from './commands/list.ts'
import { liveCommand } from './commands/live.ts'
import { nightCommand } from './commands/night.ts'
import { orgCommand } from './commands/org.ts'
import { personalDataCommand } from './commands/personal-data.ts'
import { roleCommand } from './commands/role.ts'
import { ruleCommand } from './commands/rule.ts'
import { segmentCommand } from './commands/segment.ts'
import { sessionCommand } from './commands/session.ts'
import { settingCommand } from './commands/setting.ts'
import { staffCommand } from './commands/staff.ts'
import { startCommand } from './commands/start.ts'
import { tagCommand } from './commands/tag.ts'
import { tasksCommand } from './commands/tasks.ts'
import { tokenCommand } from './commands/token.ts'
import { warningCommand } from './commands/warning.ts'
import { worldCommand } from './commands/world.ts'
import type { Invocation, Serve } from './invocation.ts'
import { outputFor, printFaults, terminalLanguage } from './output.ts'
import { words } from './words.ts'

/** Runs one command line; answers the exit code: 0 ok, 1 a fault with a code and a sentence, 2 usage. */
export async function run(argv: readonly string[], env: NodeJS.ProcessEnv, serve?: Serve): Promise<number> {
  const lang = languageOf(argv) ?? terminalLanguage(env)
  const say = words[lang]
  const program = new Command('weiwan')
    .description(say.product)
    .helpOption('-h, --help', say.help)
    .helpCommand(false)
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
  const output = outputFor({ json: argv.includes('--json'), lang })
  const invocation: Invocation = { output, env, say, ...(serve === undefined ? {} : { serve }) }
  for (const add of commands) add(program, invocation)
  for (const command of everyCommand(program)) common(command, invocation)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof FaultError)) throw error
    printFaults(error.faults, output)
    return error.faults.some(f => f.code.startsWith('usage.')) ? 2 : 1
  }
}

const commands = [
  startCommand,
  worldCommand,
  feedsCommand,
  nightCommand,
  liveCommand,
  factorCommand,
  ruleCommand,
  campaignCommand,
  segmentCommand,
  tagCommand,
  careCommand,
  warningCommand,
  tasksCommand,
  listCommand,
  effectCommand,
  orgCommand,
  staffCommand,
  roleCommand,
  sessionCommand,
  tokenCommand,
  auditCommand,
  approvalCommand,
  settingCommand,
  personalDataCommand,
]

/** What every command understands. */
function common(command: Command, { say }: Invocation): void {
  command
    .option('--json', say.json)
    .option('--lang <zh|en>', say.lang)
    .helpOption('-h, --help', say.help)
    .exitOverride()
    .showHelpAfterError(false)
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

function languageOf(argv: readonly string[]): 'zh' | 'en' | undefined {
  const at = argv.findIndex(a => a === '--lang' || a.startsWith('--lang='))
  const said = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1])
  return said === 'zh' || said === 'en' ? said : undefined
}
