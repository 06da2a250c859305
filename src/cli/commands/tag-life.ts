import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Command } from 'commander'
import { type Application, type Asker, knowing, uploading } from '#flows'
import type { Result } from '#kernel'
import { uploads } from '#wire'
import { stopAtFaulty } from '../faults.ts'
import { answerFrom, type DataOptions, dataOption, type Invocation } from '../invocation.ts'
import { table } from '../output.ts'

interface StaffOptions extends DataOptions {
  readonly staff: string
}
interface ReasonOptions extends StaffOptions {
  readonly reason: string
}
interface OutOptions extends DataOptions {
  readonly out?: string
}

const { life, fill } = knowing.tags

/** The life of a tag: versions, drafts from a file, into force, retired, filled, and back to a file. */
export function tagLifeCommands(tag: Command, invocation: Invocation): void {
  const { say } = invocation
  const data = (command: Command) => dataOption(command, say)
  const acting = (command: Command) => data(command.requiredOption('--staff <login>', say.asStaff))
  data(tag.command('versions <id>').description(say.tagVersions)).action((id: string, options: DataOptions) =>
    versions(id, options, invocation),
  )
  data(
    tag.command('export [id]').description(say.tagExport).option('--out <file>', say.definitionOut),
  ).action((id: string | undefined, options: OutOptions) => write(id, options, invocation))
  acting(tag.command('import <file>').description(say.tagImport)).action(
    (file: string, options: StaffOptions) => read(file, options, invocation),
  )
  acting(tag.command('activate <id>').description(say.tagActivate)).action(
    (id: string, options: StaffOptions) =>
      acted(options, invocation, (application, asker) => life.activate(application, asker, id)),
  )
  acting(
    tag.command('retire <id>').description(say.tagRetire).requiredOption('--reason <text>', say.tagReason),
  ).action((id: string, { reason, ...options }: ReasonOptions) =>
    acted(options, invocation, (application, asker) => life.retire(application, asker, { id, reason })),
  )
  acting(tag.command('fill <id> <file>').description(say.tagFill)).action(
    (id: string, file: string, options: StaffOptions) => filled(id, file, options, invocation),
  )
}

async function as<T>(
  application: Application,
  login: string,
  work: (asker: Asker) => Promise<Result<T>>,
): Promise<Result<T>> {
  const asker = await life.maker(application, login)
  return asker.ok ? work(asker.value) : asker
}

type Which = { readonly id: string; readonly version: number }

function acted(
  { staff, ...options }: StaffOptions,
  invocation: Invocation,
  work: (application: Application, asker: Asker) => Promise<Result<Which>>,
): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application => as(application, staff, asker => work(application, asker)),
    ({ id, version }) => [`${id} ${invocation.say.tagVersion({ version })}`],
  )
}

function versions(id: string, options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application => life.versions(application, id),
    found =>
      table(
        found.versions.map(v => [
          say.tagVersion({ version: v.version }),
          say.tagLives[v.life],
          v.madeBy?.[output.lang] ?? '–',
          v.madeAt ?? '–',
          v.sentence?.[output.lang] ?? '–',
        ]),
      ),
  )
}

function write(id: string | undefined, { out, ...options }: OutOptions, invocation: Invocation) {
  return answerFrom(
    invocation,
    options,
    async application => {
      const found = await life.write(application, id)
      if (found.ok && out !== undefined) await writeFile(out, found.value.yaml)
      return found
    },
    found => (out === undefined ? [found.yaml] : [out]),
  )
}

async function read(
  file: string,
  { staff, ...options }: StaffOptions,
  invocation: Invocation,
): Promise<void> {
  const { say } = invocation
  const yaml = await readFile(file, 'utf8')
  const name = path.basename(file)
  await answerFrom(
    invocation,
    options,
    application => as(application, staff, asker => life.read(application, asker, { yaml, name })),
    found => [
      ...found.saved.map(({ id, version }) => `${id} ${say.tagVersion({ version })}`),
      say.tagUnchanged({ count: found.unchanged }),
    ],
  )
}

async function filled(
  id: string,
  file: string,
  { staff, ...options }: StaffOptions,
  invocation: Invocation,
): Promise<void> {
  const { say } = invocation
  const kept = await uploading.at(file, uploads.fillTag)
  try {
    await answerFrom(
      invocation,
      options,
      application =>
        as(application, staff, async asker => {
          const report = await fill(application, asker, { id, file: kept })
          if (report.ok && report.value.until === null) stopAtFaulty(report.value.faulty)
          return report
        }),
      found => [
        say.tagFilled({ count: found.subscribers, until: found.until ?? '–' }),
        ...(found.faultyLines === 0 ? [] : [say.tagFaulty({ count: found.faultyLines })]),
      ],
    )
  } finally {
    await kept.close()
  }
}
