import type { ReactNode } from 'react'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { Switcher } from '../../ui/switcher.tsx'
import { Bought, Contracts, Recharges } from './money-history.tsx'
import { Contacts, Faults, ServiceContacts, Visits, Warnings } from './service-history.tsx'

/** What went on between us, newest first: one kind at a time, each saying how many it holds. */
export function History({ subscriber }: { readonly subscriber: Subscriber }) {
  const { say } = useSay()
  const s = subscriber
  const side = (key: HistoryKey, content: ReactNode) => ({
    key,
    label: `${say.customer[key]} ${formatCount(s[key].length)}`,
    content,
  })
  return (
    <section>
      <h3>{say.customer.history}</h3>
      <Switcher
        label={say.customer.history}
        sides={[
          side('warnings', <Warnings rows={s.warnings} />),
          side('contacts', <Contacts rows={s.contacts} />),
          side('recharges', <Recharges rows={s.recharges} />),
          side('serviceContacts', <ServiceContacts rows={s.serviceContacts} />),
          side('faults', <Faults rows={s.faults} />),
          side('orders', <Bought rows={s.orders} />),
          side('contracts', <Contracts rows={s.contracts} />),
          side('visits', <Visits rows={s.visits} />),
        ]}
      />
    </section>
  )
}

type HistoryKey =
  | 'warnings'
  | 'contacts'
  | 'recharges'
  | 'serviceContacts'
  | 'faults'
  | 'orders'
  | 'contracts'
  | 'visits'
