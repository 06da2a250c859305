import { DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import type { Coded } from '#wire'
import { useSay } from '../../say/use-say.ts'
import type { AuditSearch } from '../../search.ts'

interface AuditFiltersProps {
  readonly search: AuditSearch
  readonly acts: readonly Coded[]
  readonly onSearch: (search: AuditSearch) => void
}

/** About whom, by whom, what and when. */
export function AuditFilters({ search, acts, onSearch }: AuditFiltersProps) {
  const { say, pick } = useSay()
  const { page: _, ...kept } = search
  const narrow = (name: 'subscriber' | 'customer' | 'staff' | 'act', value: string | null | undefined) => {
    const { [name]: __, ...others } = kept
    onSearch(value ? { ...others, [name]: value.trim() } : others)
  }
  const typed = (name: 'subscriber' | 'customer' | 'staff') => (
    <Input.Search
      key={`${name} ${search[name] ?? ''}`}
      aria-label={say.audit[name]}
      placeholder={say.audit[name]}
      allowClear
      style={{ width: 190 }}
      defaultValue={search[name] ?? ''}
      onSearch={value => narrow(name, value)}
    />
  )
  return (
    <search className="row" aria-label={say.audit.filters}>
      {typed('subscriber')}
      {typed('customer')}
      {typed('staff')}
      <Select<string>
        aria-label={say.audit.act}
        placeholder={say.audit.act}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 180 }}
        value={search.act ?? null}
        options={acts.map(act => ({ value: act.code, label: pick(act.title) }))}
        onChange={act => narrow('act', act)}
      />
      <DatePicker.RangePicker
        aria-label={say.audit.days}
        allowEmpty={[true, true]}
        value={[dayOf(search.from), dayOf(search.to)?.subtract(1, 'day') ?? null]}
        onChange={days => {
          const { from: __, to: ___, ...others } = kept
          const [from, to] = days ?? []
          onSearch({
            ...others,
            ...(from ? { from: from.format('YYYY-MM-DD') } : {}),
            ...(to ? { to: to.add(1, 'day').format('YYYY-MM-DD') } : {}),
          })
        }}
      />
    </search>
  )
}

function dayOf(text: string | undefined) {
  return text === undefined ? null : dayjs(text)
}
