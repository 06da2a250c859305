import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { type Application, type Asker, exportDesk, listDesk, uploading } from '#flows'
import { err, ok, type Result } from '#kernel'
import type { KeptFile } from '#sheets'
import { uploads } from '#wire'
import { stopAtFaulty } from '../faults.ts'
import { answerFrom, type DataOptions, dataOption, type Invocation, wholeNumber } from '../invocation.ts'
import { type Output, table } from '../output.ts'

interface StaffOptions extends DataOptions {
  readonly staff: string
}
interface WantedOptions extends StaffOptions {
  readonly title: string
  readonly reason: string
  readonly action?: string
  readonly days: number
  readonly control: number
}
interface ExportOptions extends StaffOptions {
  readonly out: string
  readonly purpose: string
  readonly reason: string
}

export function listCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const list = program.command('list').description(say.list)
  const acting = (command: Command) => dataOption(command.requiredOption('--staff <login>', say.asStaff), say)
  const wanted = (command: Command) =>
    acting(command)
      .requiredOption('--title <text>', say.listTitle)
      .requiredOption('--reason <text>', say.listReason)
      .option('--action <code>', say.listAction)
      .option('--days <n>', say.listDays, wholeNumber(1, 31), 7)
      .option('--control <percent>', say.listControl, wholeNumber(0, 50), 10)
  const about = (name: string, means: string) => acting(list.command(`${name} <id>`).description(means))
  acting(list.command('show [id]').description(say.listShow)).action(
    (id: string | undefined, options: StaffOptions) =>
      id === undefined ? showAll(options, invocation) : one(id, 'one', options, invocation),
  )
  wanted(list.command('import <file>').description(say.listImport)).action(
    (file: string, options: WantedOptions) =>
      fromFile(file, options, invocation, (application, asker, kept) =>
        listDesk.fromFile(application, asker, { wanted: wantedOf(options), file: kept }),
      ),
  )
  wanted(list.command('rule <rule>').description(say.listRule)).action(
    (rule: string, options: WantedOptions) => fromRule(rule, options, invocation),
  )
  acting(list.command('check <id> <file>').description(say.listCheck)).action(
    (id: string, file: string, options: StaffOptions) =>
      fromFile(file, options, invocation, (application, asker, kept) =>
        listDesk.check(application, asker, { id, file: kept }),
      ),
  )
  about('export', say.listExport)
    .requiredOption('--out <file>', say.listOut)
    .requiredOption('--purpose <code>', say.listPurpose)
    .requiredOption('--reason <text>', say.listWhy)
    .action((id: string, options: ExportOptions) => write(id, options, invocation))
  about('submit', say.listSubmit).action((id: string, options: StaffOptions) =>
    one(id, 'submit', options, invocation),
  )
  about('stop', say.listStop).action((id: string, options: StaffOptions) =>
    one(id, 'stop', options, invocation),
  )
}

function wantedOf({ title, reason, action, days, control }: WantedOptions) {
  return { title, reason, action: action ?? null, days, controlPercent: control }
}

async function as<T>(
  application: Application,
  { login, may }: { readonly login: string; readonly may: 'list.look' | 'list.change' },
  work: (asker: Asker) => Promise<Result<T>>,
): Promise<Result<T>> {
  const asker = await listDesk.acting(application, login, may)
  return asker.ok ? work(asker.value) : asker
}

type Shown = Extract<Awaited<ReturnType<typeof listDesk.one>>, { readonly ok: true }>['value']
type Report = Extract<Awaited<ReturnType<typeof listDesk.fromFile>>, { readonly ok: true }>['value']

function showAll({ staff, ...options }: StaffOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  return answerFrom(
    invocation,
    options,
    application =>
      as(application, { login: staff, may: 'list.look' }, asker =>
        listDesk.show(application, asker, { pageSize: 100 }),
      ),
    ({ rows }) =>
      rows.length === 0
        ? [say.noLists]
        : table(
            rows.map(row => [
              String(row.id),
              row.title,
              row.state.title[output.lang],
              row.action ?? say.listForCampaign,
              say.listCounts(row.counts),
            ]),
          ),
  )
}

function one(
  id: string,
  act: 'one' | 'submit' | 'stop',
  { staff, ...options }: StaffOptions,
  invocation: Invocation,
): Promise<void> {
  const may = act === 'one' ? 'list.look' : 'list.change'
  return answerFrom(
    invocation,
    options,
    application => as(application, { login: staff, may }, asker => listDesk[act](application, asker, id)),
    found => linesOf(found, invocation),
  )
}

function fromRule(rule: string, options: WantedOptions, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application =>
      as(application, { login: options.staff, may: 'list.change' }, asker =>
        listDesk.fromRule(application, asker, { wanted: wantedOf(options), rule }),
      ),
    report => reportLines(report, invocation),
  )
}

async function fromFile(
  file: string,
  { staff, ...options }: StaffOptions,
  invocation: Invocation,
  work: (application: Application, asker: Asker, kept: KeptFile) => Promise<Result<Report>>,
): Promise<void> {
  const kept = await uploading.at(file, uploads.importList)
  try {
    await answerFrom(
      invocation,
      options,
      application =>
        as(application, { login: staff, may: 'list.change' }, async asker => {
          const report = await work(application, asker, kept)
          if (report.ok && report.value.list === null) stopAtFaulty(report.value.faulty)
          return report
        }),
      report => reportLines(report, invocation),
    )
  } finally {
    await kept.close()
  }
}

interface Written {
  readonly file: string | null
  readonly approvalId: number | null
}

/** Through the exports, as from the console: many rows wait for a second person. */
function write(
  id: string,
  { staff, out, purpose, reason, ...options }: ExportOptions,
  invocation: Invocation,
): Promise<void> {
  const { say } = invocation
  const format = out.endsWith('.xlsx') ? 'xlsx' : 'csv'
  const wanted = { what: 'list', format, plain: false, purpose, reason, query: { list: Number(id) } } as const
  return answerFrom(
    invocation,
    options,
    application =>
      as<Written>(application, { login: staff, may: 'list.look' }, async asker => {
        const asked = await exportDesk.ask(application, asker, wanted)
        if (!asked.ok) return asked
        await exportDesk.made(application)
        const { value } = asked
        if (value.approvalId !== null) return ok({ file: null, approvalId: value.approvalId })
        const file = await exportDesk.download(application, asker, String(value.id))
        if (!file.ok) return err(file.fault)
        await pipeline(file.value.content, createWriteStream(out, { mode: 0o600 }))
        return ok({ file: out, approvalId: null })
      }),
    found => [found.file === null ? say.listWaits({ id: found.approvalId }) : found.file],
  )
}

function reportLines({ list, faulty, faultyLines }: Report, invocation: Invocation): readonly string[] {
  const { output, say } = invocation
  return [
    ...(list === null ? [say.listNothing] : linesOf({ ...list, faulty: [] }, invocation)),
    ...faultLines(faulty, output),
    ...(faultyLines > faulty.length ? [say.listMore({ count: faultyLines - faulty.length })] : []),
  ]
}

function linesOf(list: Shown, { output, say }: Invocation): readonly string[] {
  const { lang } = output
  return [
    `${list.id}  ${list.title}  ${list.state.title[lang]}  ${list.action ?? say.listForCampaign}  ${say.listCounts(list.counts)}`,
    ...(list.approvalId === null ? [] : [say.listApproval({ id: list.approvalId })]),
    ...(list.firstDay === null ? [] : [say.listFirst({ day: list.firstDay, days: list.days })]),
    ...table(list.differences.map(one => [one.state.title[lang], one.subscriberId, one.reason])),
    ...faultLines(list.faulty, output),
  ]
}

function faultLines(faulty: Shown['faulty'], { lang }: Output): readonly string[] {
  return table(
    faulty.map(({ line, column, fault }) => [String(line), column ?? '', `${fault.code}: ${fault[lang]}`]),
  )
}
