import type { Command } from 'commander'
import { type TokenShown, tokens } from '#governance'
import { everybody, systemClock } from '#kernel'
import {
  type DataOptions,
  dataOption,
  type Invocation,
  unwrap,
  wholeNumber,
  withApplication,
} from '../invocation.ts'
import { table } from '../output.ts'

interface AddOptions extends DataOptions {
  readonly name: string
  readonly permission: string
  readonly unit: string
  readonly days: number
}

export function tokenCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const token = program.command('token').description(say.token)
  dataOption(token.command('add').description(say.tokenAdd), say)
    .requiredOption('--name <name>', say.tokenName)
    .requiredOption('--permission <list>', say.tokenPermission)
    .requiredOption('--unit <id>', say.tokenUnit)
    .option('--days <n>', say.tokenDays, wholeNumber(1, 366), 90)
    .action((options: AddOptions) => add(options, invocation))
  dataOption(token.command('list').description(say.tokenList), say).action((options: DataOptions) =>
    list(options, invocation),
  )
  dataOption(token.command('revoke').description(say.tokenRevoke), say)
    .argument('<id>', say.tokenId)
    .action((id: string, options: DataOptions) => revoke(id, options, invocation))
}

async function add(options: AddOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async ({ desk }) => {
    const made = unwrap(
      await tokens.add(desk.db, {
        name: options.name,
        permissions: options.permission.split(',').map(p => p.trim()),
        nodeId: options.unit,
        days: options.days,
        by: null,
        within: everybody,
        at: systemClock.now(),
      }),
    )
    if (!output.json) output.note(say.tokenMade)
    output.answer(made, [made.token])
  })
}

async function list(options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async ({ desk }) => {
    const listed = await tokens.list(desk.db, everybody, systemClock.now())
    const line = (t: TokenShown) => [
      t.id,
      t.name,
      say.tokenStates[t.state],
      t.unit.name[output.lang],
      say.tokenUntil({ day: t.expiresAt.toISOString().slice(0, 10) }),
      t.usedAt?.toISOString() ?? say.tokenNeverUsed,
      t.permissions.join(','),
    ]
    output.answer({ tokens: listed }, listed.length === 0 ? [say.noTokens] : table(listed.map(line)))
  })
}

async function revoke(id: string, options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async ({ desk }) => {
    unwrap(await tokens.revoke(desk.db, { id, within: everybody, by: null, at: systemClock.now() }))
    output.answer({ revoked: id }, [say.revoked])
  })
}
