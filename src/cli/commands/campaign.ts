import type { Command } from 'commander'
import { type Application, type Asker, approvalDesk, campaignDesk } from '#flows'
import type { Permission } from '#governance'
import { FaultError, type Fen, ok, type Result, yuan } from '#kernel'
import {
  answerFrom,
  type DataOptions,
  dataOption,
  type Invocation,
  unwrap,
  wholeNumber,
} from '../invocation.ts'
import { table } from '../output.ts'

interface StaffOptions extends DataOptions {
  readonly staff: string
}

type Shown = Extract<Awaited<ReturnType<typeof campaignDesk.show>>, { ok: true }>['value']
type Checked = Extract<Awaited<ReturnType<typeof campaignDesk.check>>, { ok: true }>['value']
type Picture = NonNullable<Checked['picture']>
type Tested = Extract<Awaited<ReturnType<typeof campaignDesk.testSend>>, { ok: true }>['value']
type DryRun = Extract<Awaited<ReturnType<typeof campaignDesk.dryRun>>, { ok: true }>['value']

export function campaignCommand(program: Command, invocation: Invocation): void {
  const campaign = program.command('campaign').description(invocation.say.campaign)
  planning(campaign, invocation)
  running(campaign, invocation)
}

/** Every command acts as a member of staff. */
function acting(command: Command, { say }: Invocation): Command {
  return dataOption(command.requiredOption('--staff <login>', say.asStaff), say)
}

function one(campaign: Command, name: string, description: string, invocation: Invocation): Command {
  return acting(campaign.command(name).description(description), invocation).argument(
    '<id>',
    invocation.say.campaignId,
  )
}

function planning(campaign: Command, invocation: Invocation): void {
  const { say } = invocation
  for (const [name, description] of [
    ['check', say.campaignCheck],
    ['add', say.campaignAdd],
  ] as const) {
    acting(campaign.command(name).description(description), invocation)
      .argument('<file>', say.planFile)
      .action((file: string, options: StaffOptions) =>
        name === 'add'
          ? as(invocation, options, (a, asker, plan) => campaignDesk.add(a, asker, plan), shownLines, file)
          : as(invocation, options, faultless, checkedLines, file),
      )
  }
  one(campaign, 'change', say.campaignChange, invocation)
    .argument('<file>', say.planFile)
    .requiredOption('--seen <version>', say.planVersion, wholeNumber(1, 1_000_000))
    .action((id: string, file: string, options: StaffOptions & { readonly seen: number }) =>
      as(
        invocation,
        options,
        (a, asker, plan) => campaignDesk.change(a, asker, id, { version: options.seen, plan }),
        shownLines,
        file,
      ),
    )
}

function running(campaign: Command, invocation: Invocation): void {
  const { say } = invocation
  acting(campaign.command('list').description(say.campaignList), invocation).action((options: StaffOptions) =>
    list(options, invocation),
  )
  one(campaign, 'show', say.campaignShow, invocation).action((id: string, options: StaffOptions) =>
    answerWith(
      invocation,
      options,
      'campaign.look',
      (a, asker) => campaignDesk.show(a, asker, id),
      shownLines,
    ),
  )
  one(campaign, 'submit', say.campaignSubmit, invocation)
    .requiredOption('--reason <text>', say.why)
    .action((id: string, options: StaffOptions & { readonly reason: string }) =>
      as(
        invocation,
        options,
        (a, asker) => campaignDesk.submit(a, asker, id, { reason: options.reason }),
        shownLines,
      ),
    )
  one(campaign, 'dry-run', say.campaignDryRun, invocation).action((id: string, options: StaffOptions) =>
    as(invocation, options, (a, asker) => campaignDesk.dryRun(a, asker, id), dryRunLines),
  )
  one(campaign, 'test-send', say.campaignTestSend, invocation)
    .option('--to <login>', say.campaignTestTo)
    .action((id: string, { to, ...options }: StaffOptions & { readonly to?: string }) =>
      as(invocation, options, (a, asker) => campaignDesk.testSend(a, asker, id, { to }), testLines),
    )
  for (const move of ['launch', 'pause', 'resume', 'close'] as const)
    one(campaign, move, say.campaignMove[move], invocation).action((id: string, options: StaffOptions) =>
      as(invocation, options, (a, asker) => campaignDesk[move](a, asker, id), shownLines),
    )
}

/** As somebody who plans; the plan is read from the file when one is named. */
function as<T>(
  invocation: Invocation,
  options: StaffOptions,
  work: (application: Application, asker: Asker, plan: unknown) => Promise<Result<T>>,
  lines: (found: T, invocation: Invocation) => readonly string[],
  file?: string,
): Promise<void> {
  return answerWith(
    invocation,
    options,
    'campaign.plan',
    async (a, asker) => work(a, asker, file === undefined ? undefined : await campaignDesk.planIn(file)),
    lines,
  )
}

/** Asks as a member of staff who holds the permission, in their scope. Faults staff.unknown, permission.missing. */
function answerWith<T>(
  invocation: Invocation,
  { staff, ...options }: StaffOptions,
  permission: Permission,
  work: (application: Application, asker: Asker) => Promise<Result<T>>,
  lines: (found: T, invocation: Invocation) => readonly string[],
): Promise<void> {
  return answerFrom(
    invocation,
    options,
    async application => {
      const asker = await approvalDesk.asking(application, staff, permission)
      return asker.ok ? work(application, asker.value) : asker
    },
    found => lines(found, invocation),
  )
}

function list(options: StaffOptions, invocation: Invocation): Promise<void> {
  const { lang } = invocation.output
  return answerWith(
    invocation,
    options,
    'campaign.look',
    (application, asker) => campaignDesk.list(application, asker, { pageSize: 100 }),
    found =>
      found.rows.length === 0
        ? [invocation.say.noCampaigns]
        : table(
            found.rows.map(row => [
              String(row.id),
              row.title[lang],
              row.state.title[lang],
              `${row.period.from} – ${row.period.to}`,
              row.owner.name[lang],
            ]),
          ),
  )
}

function shownLines(found: Shown, { output: { lang }, say }: Invocation): readonly string[] {
  const { report } = found
  const head = [
    `${found.id}  ${found.title[lang]}  ${found.state.title[lang]}  v${found.version}  ${found.period.from} – ${found.period.to}`,
    ...(found.sentence === null ? [] : [`  ${found.sentence[lang]}`]),
    ...(found.pausedWhy === null ? [] : [`  ${found.pausedWhy[lang]}`]),
  ]
  if (report === null) return head
  return [
    ...head,
    `  ${say.campaignMembers(report.members)}`,
    `  ${say.campaignIssued({ issued: report.issued, yuan: yuan(report.spentFen as Fen) })}`,
    ...table(report.tasks.map(t => [`  ${t.title[lang]}`, String(t.count)])),
    ...(report.effect === null ? [] : [`  ${say.campaignOwn}: ${report.effect.verdictTitle[lang]}`]),
    ...(report.universalEffect == null
      ? []
      : [`  ${say.campaignUniversal}: ${report.universalEffect.verdictTitle[lang]}`]),
  ]
}

/** The picture of a plan without faults; otherwise all of them, and the exit code of a fault. */
async function faultless(application: Application, asker: Asker, plan: unknown): Promise<Result<Picture>> {
  const checked = unwrap(await campaignDesk.check(application, asker, plan))
  const [first, ...rest] = checked.faults
  if (first !== undefined) throw new FaultError(first, ...rest)
  return ok(checked.picture as Picture)
}

function checkedLines(picture: Picture, { output: { lang }, say }: Invocation): readonly string[] {
  const { sms } = picture
  return [
    picture.sentence[lang],
    ...(picture.listed === null ? [] : [say.campaignListed({ count: picture.listed })]),
    say.campaignFinds(picture),
    `${say.campaignCosts({ yuan: yuan(picture.offerFen as Fen) })}${picture.overBudget ? ` · ${say.campaignOver}` : ''}`,
    ...(sms === null ? [] : [sms.text, say.campaignSms({ ...sms, yuan: yuan(sms.costFen as Fen) })]),
  ]
}

function testLines({ to, number, state, text }: Tested, { output: { lang } }: Invocation): readonly string[] {
  return [`${to.name[lang]}  ${number}  ${state.title[lang]}`, text]
}

function dryRunLines(found: DryRun, { output: { lang }, say }: Invocation): readonly string[] {
  return [
    say.campaignDue(found),
    ...table(found.outcomes.map(o => [String(o.count), o.result, o.channel, o.title[lang]])),
  ]
}
