import type { Command } from 'commander'
import { commandLine, knowing } from '#flows'
import { answerFrom, type DataOptions, dataOption, type Invocation } from '../invocation.ts'
import { table } from '../output.ts'
import { tagLifeCommands } from './tag-life.ts'

interface ListOptions extends DataOptions {
  readonly search?: string
}

/** The library of tags. */
export function tagCommand(program: Command, invocation: Invocation): void {
  const { say } = invocation
  const tag = program.command('tag').description(say.tag)
  const listing = tag.command('list').description(say.tagList).option('--search <text>', say.tagSearch)
  dataOption(listing, say).action((options: ListOptions) => list(options, invocation))
  dataOption(tag.command('show <id>').description(say.tagShow), say).action(
    (id: string, options: DataOptions) => show(id, options, invocation),
  )
  dataOption(tag.command('profile <id>').description(say.tagProfile), say).action(
    (id: string, options: DataOptions) => profile(id, options, invocation),
  )
  tagLifeCommands(tag, invocation)
}

function list({ search = '', ...options }: ListOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const { lang } = output
  const sought = search.toLowerCase()
  return answerFrom(
    invocation,
    options,
    async application => {
      const found = await knowing.tags.list(application, commandLine)
      if (!found.ok) return found
      const tags = found.value.tags.filter(t => {
        const words = [t.id, t.title.zh, t.title.en, t.means.zh, t.means.en]
        return words.join('\n').toLowerCase().includes(sought)
      })
      return { ok: true, value: { ...found.value, tags } }
    },
    found =>
      table(
        found.tags.map(t => [
          t.id,
          t.group.title[lang],
          t.title[lang],
          t.subscribers === null ? say.tagNotGiven : say.of({ count: t.subscribers, of: found.of ?? 0 }),
          t.alarm === null ? t.means[lang] : `${say.tagAlarms[t.alarm]} ${t.means[lang]}`,
        ]),
      ),
  )
}

function show(id: string, options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const { lang } = output
  return answerFrom(
    invocation,
    options,
    application => knowing.tags.show(application, commandLine, id),
    t => [
      `${t.title[lang]} (${t.id}, ${say.tagVersion({ version: t.version })}, ${t.group.title[lang]}, ${t.owner})`,
      t.means[lang],
      ...(t.sentence === null ? [] : [t.sentence[lang]]),
      ...(t.alarm === null ? [] : [say.tagAlarms[t.alarm]]),
      ...(t.reason === null ? [] : [t.reason[lang]]),
      ...table(t.coverage.map(c => [c.day, say.of({ count: c.subscribers, of: c.of })])),
    ],
  )
}

function profile(id: string, options: DataOptions, invocation: Invocation): Promise<void> {
  const { output, say } = invocation
  const { lang } = output
  return answerFrom(
    invocation,
    options,
    application => knowing.tags.show(application, commandLine, id),
    t => [
      `${t.title[lang]}: ${t.subscribers === null ? say.tagNotGiven : say.of({ count: t.subscribers, of: t.of })}`,
      ...table(
        t.tags.map(other => [
          other.title[lang],
          say.tagLift({ lift: other.lift.toFixed(1) }),
          say.of({ count: other.subscribers, of: t.subscribers ?? 0 }),
        ]),
      ),
      ...table(t.apart.map(f => [f.title[lang], say.tagApart({ apart: f.apart.toFixed(2) })])),
    ],
  )
}
