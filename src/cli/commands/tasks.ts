import type { Command } from 'commander'
import { listTasksOf } from '#flows'
import { type DataOptions, defaultData, type Invocation, unwrap, withApplication } from '../invocation.ts'
import { table } from '../output.ts'

interface Options extends DataOptions {
  readonly staff: string
  readonly state?: string
}

export function tasksCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  program
    .command('tasks')
    .description(say.tasks)
    .option('--staff <login>', say.staff, 'supervisor')
    .option('--state <state>', 'open | claimed | done | …')
    .option('--data <dir>', say.data, defaultData)
    .action((options: Options) => tasks(options, invocation))
}

async function tasks(options: Options, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  await withApplication(invocation, options, async application => {
    const page = unwrap(
      await listTasksOf(application, options.staff, {
        ...(options.state ? { state: options.state } : {}),
        pageSize: 100,
      }),
    )
    const lines = page.rows.map(t => [
      t.day,
      t.state.title[output.lang],
      t.channel.title[output.lang],
      t.subscriberId,
      t.assignee?.name[output.lang] ?? '—',
      t.reason[output.lang],
    ])
    output.answer(
      page,
      lines.length === 0
        ? [say.noTasks]
        : [...table(lines), say.of({ count: page.rows.length, of: page.total })],
    )
  })
}
