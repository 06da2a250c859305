import { Collapse, Input } from 'antd'
import { useState } from 'react'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { Facts } from '../../ui/page.tsx'
import { useShownValue } from '../task-why.tsx'

/** Every factor of the as-of day by subject, and a way to find one. */
export function FactorValues({ groups }: { readonly groups: Subscriber['factors'] }) {
  const { say, pick } = useSay()
  const value = useShownValue()
  const [sought, seek] = useState('')
  if (groups.length === 0) return null
  const text = sought.trim().toLowerCase()
  const found = groups
    .map(group => ({
      ...group,
      factors: group.factors.filter(f => `${f.id} ${f.title.zh} ${f.title.en}`.toLowerCase().includes(text)),
    }))
    .filter(group => group.factors.length > 0)
  return (
    <section>
      <h3>{say.customer.factors}</h3>
      <Input
        aria-label={say.customer.factorSearch}
        placeholder={say.customer.factorSearch}
        allowClear
        value={sought}
        onChange={event => seek(event.target.value)}
        style={{ maxWidth: 280, marginBottom: 8 }}
      />
      <Collapse
        size="small"
        {...(text === '' ? {} : { activeKey: found.map(g => g.subject.code) })}
        items={found.map(group => ({
          key: group.subject.code,
          label: `${pick(group.subject.title)} ${formatCount(group.factors.length)}`,
          children: <Facts rows={group.factors.map(f => [pick(f.title), value(f)] as const)} />,
        }))}
      />
    </section>
  )
}
