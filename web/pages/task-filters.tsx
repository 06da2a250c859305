import { DatePicker, Input, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import type { Level, Reply } from '#wire'
import { useSay } from '../say/use-say.ts'
import type { TaskChange, TaskSearch } from '../search.ts'
import { formatCount } from '../ui/format.ts'

interface TaskFiltersProps {
  readonly search: TaskSearch
  readonly reply: Reply<'listTasks'>
  readonly onChange: (change: TaskChange) => void
}

const levels: readonly Level[] = ['high', 'medium', 'low', 'stable']
const everyState = 'all'

/** Filters in one line. Each state says how many tasks it holds under the other filters. */
export function TaskFilters({ search, reply, onChange }: TaskFiltersProps) {
  const { say, pick } = useSay()
  const inAll = reply.counts.reduce((sum, c) => sum + c.count, 0)
  const states = [
    { value: everyState, label: say.tasks.counted({ title: say.all, count: formatCount(inAll) }) },
    ...reply.counts.map(c => ({
      value: c.code,
      label: say.tasks.counted({ title: pick(c.title), count: formatCount(c.count) }),
    })),
  ]
  return (
    <search className="row" aria-label={say.tasks.filters}>
      <Segmented
        aria-label={say.state}
        options={states}
        value={search.state ?? everyState}
        onChange={state => onChange({ state: state === everyState ? undefined : state })}
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
        style={{ width: 220 }}
        defaultValue={search.q ?? ''}
        onSearch={q => onChange({ q: q.trim() === '' ? undefined : q.trim() })}
      />
    </search>
  )
}
