import { userInfo } from 'node:os'
import type { Command } from 'commander'
import { auditDesk, type Looker, type LookQuery } from '#flows'
import { auditTrail } from '#governance'
import { everybody, FaultError, type PlainDate } from '#kernel'
import { confirm } from '../confirm.ts'
import { endMalformed } from '../faults.ts'
import {
  answerFrom,
  type DataOptions,
  dataOption,
  dayOption,
  type Invocation,
  unwrap,
  wholeNumber,
  withApplication,
} from '../invocation.ts'
import { table } from '../output.ts'

interface SealOptions extends DataOptions {
  readonly before: PlainDate
  readonly out: string
  readonly why: string
  readonly yes?: boolean
}
interface VerifyOptions extends DataOptions {
  readonly file?: string
  readonly expect?: string
}

/** Whoever has the machine: nobody who is signed in, and the account of the system that runs it. */
export function atCommandLine(): Looker {
  return { staffId: null, from: `command line: ${userInfo().username}`, scope: everybody }
}

export function auditCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const audit = program.command('audit').description(say.audit)
  dataOption(audit.command('list').description(say.auditList), say)
    .option('--subscriber <id>', say.auditSubscriber)
    .option('--customer <id>', say.auditCustomer)
    .option('--staff <login>', say.auditStaff)
    .option('--act <act>', say.auditAct)
    .option('--from <day>', say.auditFrom, dayOption)
    .option('--to <day>', say.auditTo, dayOption)
    .option('--page <n>', say.auditPage, wholeNumber(1, 1_000_000), 1)
    .action((options: DataOptions & LookQuery) => list(options, invocation))
  dataOption(audit.command('verify').description(say.auditVerify), say)
    .option('--file <file>', say.auditFile)
    .option('--expect <end>', say.auditExpect)
    .action((options: VerifyOptions) => verify(options, invocation))
  dataOption(audit.command('export').description(say.auditExport), say)
    .requiredOption('--out <file>', say.outFile)
    .action((options: DataOptions & { out: string }) => write(options, invocation))
  dataOption(audit.command('seal').description(say.auditSeal), say)
    .requiredOption('--before <day>', say.before, dayOption)
    .requiredOption('--out <file>', say.outFile)
    .requiredOption('--why <text>', say.why)
    .option('--yes', say.yes)
    .action((options: SealOptions) => seal(options, invocation))
}

function list({ data, ...query }: DataOptions & LookQuery, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const asked = Object.fromEntries(
    ['subscriber', 'customer', 'staff', 'act', 'from', 'to', 'page'].flatMap(name => {
      const value = query[name as keyof LookQuery]
      return value === undefined ? [] : [[name, value]]
    }),
  ) as LookQuery
  return answerFrom(
    invocation,
    { data },
    application => auditDesk.look(application, atCommandLine(), { ...asked, pageSize: 50 }),
    found =>
      found.rows.length === 0
        ? [say.noEntries]
        : [
            ...table(
              found.rows.map(row => [
                row.at,
                row.by?.name[output.lang] ?? say.nobody,
                row.act.title[output.lang],
                row.subject,
                row.from ?? '—',
                row.reason ?? '',
              ]),
            ),
            say.of({ count: found.rows.length, of: found.total }),
          ],
  )
}

async function verify({ data, file, expect }: VerifyOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const expected = expect === undefined ? undefined : endOf(expect)
  const report = unwrap(
    file === undefined
      ? await withApplication(invocation, { data }, app => auditDesk.verify(app, atCommandLine(), expected))
      : await auditDesk.verifyFile(file),
  )
  const { broken, entries, end, sealed } = report
  output.answer(
    report,
    broken === null
      ? [say.intact({ entries, ...end }), ...(sealed > 0 ? [say.sealedBefore({ sealed })] : [])]
      : [say.broken({ position: broken.position, why: broken.why.title[output.lang] })],
  )
  if (broken !== null) throw new FaultError(auditTrail.broken(broken.position))
}

function endOf(text: string) {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? []
  if (position === undefined || hash === undefined) throw new FaultError(endMalformed())
  return { position: Number(position), hash }
}

function write({ data, out }: DataOptions & { readonly out: string }, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    { data },
    application => auditDesk.write(application, atCommandLine(), out),
    written => [invocation.say.wrote(written)],
  )
}

async function seal(options: SealOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const { before, out, why: reason } = options
  await withApplication(invocation, options, async application => {
    const entries = await auditDesk.sealable(application, before)
    await confirm(say.sealSure({ entries, day: before }), options.yes, invocation)
    const written = unwrap(await auditDesk.seal(application, atCommandLine(), { before, out, reason }))
    output.answer(written, [say.wrote(written)])
  })
}
