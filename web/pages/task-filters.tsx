import { DatePicker, Input, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import type { Level, Reply } from '#wire'
import { useSay } from '../say/use-say.ts'
import { everyState, type TaskChange, type TaskSearch, toDo } from '../search.ts'
import { formatCount } from '../ui/format.ts'

interface TaskFiltersProps {
  readonly search: TaskSearch
  readonly reply: Reply<'listTasks'>
  readonly onChange: (change: TaskChange) => void
}

const levels: readonly Level[] = ['high', 'medium', 'low', 'stable']
/** Filters in one line. Each state says how many tasks it holds under the other filters. */
export function TaskFilters({ search, reply, onChange }: TaskFiltersProps) {
  const { say, pick } = useSay()
  const sumOf = (codes?: readonly string[]) =>
    reply.counts.reduce((sum, c) => (codes === undefined || codes.includes(c.code) ? sum + c.count : sum), 0)
  const option = (value: string, title: string, count: number) => ({
    value,
    label: say.tasks.counted({ title, count: formatCount(count) }),
  })
  const states = [
    option(toDo, say.tasks.toDo, sumOf(toDo.split(','))),
    option(everyState, say.all, sumOf()),
    ...reply.counts.map(c => option(c.code, pick(c.title), c.count)),
  ]
  return (
    <search className="row" aria-label={say.tasks.filters}>
      <Segmented
        aria-label={say.state}
        options={states}
        value={search.state ?? toDo}
        onChange={state => onChange({ state: state === toDo ? undefined : state })}
      />
      <Select<Level>
        aria-label={say.tasks.level}
        placeholder={say.tasks.level}
        allowClear
        style={{ width: 120 }}
        value={search.level ?? null}
        options={levels.map(level => ({ value: level, label: say.level[level] }))}
        onChange={level => onChange({ level: level ?? undefined })}
      />
      <Select<string>
        aria-label={say.tasks.channel}
        placeholder={say.tasks.channel}
        allowClear
        style={{ width: 140 }}
        value={search.channel ?? null}
        options={reply.channels.map(c => ({ value: c.code, label: pick(c.title) }))}
        onChange={channel => onChange({ channel: channel ?? undefined })}
      />
      <DatePicker
        aria-label={say.tasks.day}
        placeholder={say.tasks.day}
        style={{ width: 150 }}
        value={search.day === undefined ? null : dayjs(search.day)}
        onChange={day => onChange({ day: day?.format('YYYY-MM-DD') })}
      />
      <Input.Search
        aria-label={say.tasks.search}
        placeholder={say.tasks.search}
        allowClear
        style={{ width: 240 }}
        defaultValue={search.q ?? ''}
        onSearch={q => onChange({ q: q.trim() === '' ? undefined : q.trim() })}
      />
    </search>
  )
}
