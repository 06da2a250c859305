import { Tabs } from 'antd'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { Bought, Contracts, Recharges } from './money-history.tsx'
import { Contacts, Faults, ServiceContacts, Visits, Warnings } from './service-history.tsx'

/** What went on between us, newest first: one tab per kind, each saying how many it holds. */
export function History({ subscriber }: { readonly subscriber: Subscriber }) {
  const { say } = useSay()
  const s = subscriber
  const tabs = [
    {
      key: 'warnings',
      label: say.customer.warnings,
      rows: s.warnings,
      children: <Warnings rows={s.warnings} />,
    },
    {
      key: 'contacts',
      label: say.customer.contacts,
      rows: s.contacts,
      children: <Contacts rows={s.contacts} />,
    },
    {
      key: 'recharges',
      label: say.customer.recharges,
      rows: s.recharges,
      children: <Recharges rows={s.recharges} />,
    },
    {
      key: 'serviceContacts',
      label: say.customer.serviceContacts,
      rows: s.serviceContacts,
      children: <ServiceContacts rows={s.serviceContacts} />,
    },
    { key: 'faults', label: say.customer.faults, rows: s.faults, children: <Faults rows={s.faults} /> },
    { key: 'orders', label: say.customer.orders, rows: s.orders, children: <Bought rows={s.orders} /> },
    {
      key: 'contracts',
      label: say.customer.contracts,
      rows: s.contracts,
      children: <Contracts rows={s.contracts} />,
    },
    { key: 'visits', label: say.customer.visits, rows: s.visits, children: <Visits rows={s.visits} /> },
  ]
  return (
    <section>
      <h3>{say.customer.history}</h3>
      <Tabs
        size="small"
        items={tabs.map(({ key, label, rows, children }) => ({
          key,
          label: `${label} ${formatCount(rows.length)}`,
          children,
        }))}
      />
    </section>
  )
}
