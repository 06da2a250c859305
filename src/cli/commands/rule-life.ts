import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from 'commander'
import { type Application, type Asker, commandLine, ruleDesk } from '#flows'
import type { Result } from '#kernel'
import {
  answerFrom,
  type DataOptions,
  type DayOptions,
  dataOption,
  dayOptions,
  type Invocation,
} from '../invocation.ts'
import { table } from '../output.ts'
import { type RuleWords, ruleWords } from '../words-rules.ts'

interface StaffOptions extends DataOptions {
  readonly staff: string
}
interface ReasonOptions extends StaffOptions {
  readonly reason: string
  readonly despite?: true
}
interface WhyOptions extends DayOptions {
  readonly subscriber: string
}
interface ExportOptions extends DataOptions {
  readonly out?: string
}

/** The life of a rule: versions, drafts from a file, asking for force, retiring, and back to a file. */
export function lifeCommands(rule: Command, invocation: Invocation): void {
  const say: RuleWords = ruleWords[invocation.output.lang]
  const data = (command: Command) => dataOption(command, invocation.say)
  const acting = (command: Command) => data(command.requiredOption('--staff <login>', invocation.say.asStaff))
  data(rule.command('versions <id>').description(say.versions)).action((id: string, options: DataOptions) =>
    versions(id, options, invocation),
  )
  dayOptions(
    rule.command('why').description(say.why).requiredOption('--subscriber <id>', invocation.say.subscriber),
    invocation.say,
  ).action((options: WhyOptions) => why(options, invocation))
  data(rule.command('export [id]').description(say.export).option('--out <file>', say.exportOut)).action(
    (id: string | undefined, options: ExportOptions) => write(id, options, invocation),
  )
  acting(rule.command('import <file>').description(say.import)).action(
    (file: string, options: StaffOptions) => read(file, options, invocation, say),
  )
  acting(
    rule.command('activate <id>').description(say.activate).requiredOption('--reason <text>', say.reason),
  )
    .option('--despite', say.despite)
    .action((id: string, options: ReasonOptions) =>
      answerFrom(
        invocation,
        options,
        application =>
          as(application, options.staff, asker =>
            ruleDesk.activate(application, asker, {
              id,
              reason: options.reason,
              despite: options.despite === true,
            }),
          ),
        found => [say.asked({ approval: found.approval })],
      ),
    )
  acting(
    rule.command('retire <id>').description(say.retire).requiredOption('--reason <text>', say.reason),
  ).action((id: string, options: ReasonOptions) =>
    answerFrom(
      invocation,
      options,
      application =>
        as(application, options.staff, asker =>
          ruleDesk.retire(application, asker, { id, reason: options.reason }),
        ),
      found => [say.retired({ id: found.id, version: found.version })],
    ),
  )
}

async function as<T>(
  application: Application,
  login: string,
  work: (asker: Asker) => Promise<Result<T>>,
): Promise<Result<T>> {
  const asker = await ruleDesk.maker(application, login)
  return asker.ok ? work(asker.value) : asker
}

function why({ subscriber: id, day, ...options }: WhyOptions, invocation: Invocation): Promise<void> {
  const { lang } = invocation.output
  return answerFrom(
    invocation,
    options,
    application => ruleDesk.why(application, commandLine, { id, day }),
    found =>
      found.rules.map(r => {
        const wasOther = r.versionBefore !== null && r.versionBefore !== r.version
        const version = wasOther ? `v${r.versionBefore} → v${r.version}` : `v${r.version}`
        return `${r.changed ? '*' : ' '} ${r.sentence[lang]} (${version})`
      }),
  )
}

function versions(id: string, options: DataOptions, invocation: Invocation): Promise<void> {
  const { lang } = invocation.output
  const say = ruleWords[lang]
  return answerFrom(
    invocation,
    options,
    application => ruleDesk.versions(application, commandLine, id),
    found =>
      table(
        found.versions.map(v => [
          `v${v.version}`,
          say.states[v.state],
          v.madeBy?.[lang] ?? say.fromFile,
          v.madeAt ?? '',
          v.sentence?.[lang] ?? '—',
        ]),
      ),
  )
}

function write(id: string | undefined, options: ExportOptions, invocation: Invocation): Promise<void> {
  const say = ruleWords[invocation.output.lang]
  return answerFrom(
    invocation,
    options,
    async application => {
      const found = await ruleDesk.write(application, commandLine, id)
      if (found.ok && options.out !== undefined) await writeFile(options.out, found.value.yaml)
      return found
    },
    found => (options.out === undefined ? [found.yaml] : [say.written({ file: options.out })]),
  )
}

async function read(
  file: string,
  options: StaffOptions,
  invocation: Invocation,
  say: RuleWords,
): Promise<void> {
  const yaml = await readFile(file, 'utf8')
  await answerFrom(
    invocation,
    options,
    application =>
      as(application, options.staff, asker =>
        ruleDesk.import(application, asker, { yaml, name: path.basename(file) }),
      ),
    found => [
      ...found.saved.map(({ id, version }) => say.savedDraft({ id, version })),
      say.unchanged({ count: found.unchanged }),
    ],
  )
}
