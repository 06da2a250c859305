import type { Command } from 'commander'
import { type Application, type Asker, approvalDesk, exportDesk } from '#flows'
import type { Result } from '#kernel'
import { answerFrom, type DataOptions, dataOption, type Invocation } from '../invocation.ts'
import { table } from '../output.ts'

interface StaffOptions extends DataOptions {
  readonly staff: string
}
interface ListOptions extends StaffOptions {
  readonly which: 'mine' | 'to-decide' | 'all'
}
interface DecideOptions extends StaffOptions {
  readonly comment: string
}

export function approvalCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const approval = program.command('approval').description(say.approval)
  const acting = (command: Command) => dataOption(command.requiredOption('--staff <login>', say.asStaff), say)
  acting(approval.command('list').description(say.approvalList))
    .option('--which <which>', say.approvalWhich, 'to-decide')
    .action((options: ListOptions) => list(options, invocation))
  acting(approval.command('show').description(say.approvalShow))
    .argument('<id>', say.approvalId)
    .action((id: string, options: StaffOptions) => show(id, options, invocation))
  for (const verdict of ['approve', 'reject'] as const) {
    acting(
      approval.command(verdict).description(verdict === 'approve' ? say.approvalApprove : say.approvalReject),
    )
      .argument('<id>', say.approvalId)
      .requiredOption('--comment <text>', say.comment)
      .action((id: string, options: DecideOptions) => decide(id, verdict, options, invocation))
  }
}

type Shown = Extract<Awaited<ReturnType<typeof approvalDesk.show>>, { ok: true }>['value']

async function as<T>(
  application: Application,
  login: string,
  work: (asker: Asker) => Promise<Result<T>>,
): Promise<Result<T>> {
  const asker = await approvalDesk.acting(application, login)
  return asker.ok ? work(asker.value) : asker
}

function list({ staff, which, ...options }: ListOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const wanted = which === 'mine' || which === 'all' ? which : 'to-decide'
  return answerFrom(
    invocation,
    options,
    application =>
      as(application, staff, asker =>
        approvalDesk.list(application, asker, { which: wanted, pageSize: 100 }),
      ),
    found =>
      found.rows.length === 0
        ? [say.noApprovals]
        : table(
            found.rows.map(row => [
              String(row.id),
              row.state.title[output.lang],
              row.title[output.lang],
              row.maker.name[output.lang],
              row.level.title[output.lang],
              row.reason,
            ]),
          ),
  )
}

function show(id: string, { staff, ...options }: StaffOptions, invocation: Invocation): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application => as(application, staff, asker => approvalDesk.show(application, asker, id)),
    found => linesOf(found, invocation),
  )
}

function decide(
  id: string,
  verdict: 'approve' | 'reject',
  { staff, comment, ...options }: DecideOptions,
  invocation: Invocation,
): Promise<void> {
  return answerFrom(
    invocation,
    options,
    application =>
      as(application, staff, async asker => {
        const decided = await approvalDesk.decide(application, asker, { id, verdict, comment })
        await exportDesk.made(application)
        return decided
      }),
    found => linesOf(found, invocation),
  )
}

function linesOf(found: Shown, { output: { lang } }: Invocation): readonly string[] {
  return [
    `${found.id}  ${found.title[lang]}  ${found.state.title[lang]}  ${found.maker.name[lang]}  ${found.reason}`,
    ...table(
      found.changes.map(({ field, before, after }) => [
        `  ${field[lang]}`,
        before?.[lang] ?? '—',
        '→',
        after?.[lang] ?? '—',
      ]),
    ),
  ]
}
