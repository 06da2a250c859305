import type { Reply } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'

type Use = Reply<'pictureDraft'>['capacity'][number]

/** What contacting those selected would take of one day, beside what there is. */
export function Capacity({ uses }: { readonly uses: readonly Use[] }) {
  const { say } = useSay()
  const words = say.preview
  const hours = (minutes: number) => words.hours({ hours: (minutes / 60).toFixed(1) })
  const messages = (count: number) => words.messages({ count: formatCount(count) })
  return (
    <>
      <SmallTable
        rows={uses}
        keyOf={use => use.channel}
        nothing={words.noCapacity}
        columns={[
          { title: words.channel, of: use => words.channels[use.channel] },
          { title: words.contacts, of: use => formatCount(use.contacts), isNumber: true },
          {
            title: words.takes,
            of: use => (use.minutes === null ? messages(use.contacts) : hours(use.minutes)),
            isNumber: true,
          },
          {
            title: words.has,
            of: use => (use.minutesMax === null ? messages(use.contactsMax ?? 0) : hours(use.minutesMax)),
            isNumber: true,
          },
        ]}
      />
      {uses.length === 0 ? null : <p className="faint small">{words.aside}</p>}
    </>
  )
}
