import { Button, Card } from 'antd'
import { useState } from 'react'
import type { CareCalendar } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { SmallTable } from '../../ui/small-table.tsx'
import { daysFrom, weeksOf } from './weeks.ts'

type Day = CareCalendar['days'][number]
type Occasion = CareCalendar['occasions'][number]

/** Which days are kept, and for how many customers. */
export function CarePage() {
  const { say } = useSay()
  const [from, setFrom] = useState<string>()
  const care = useReply('showCare', { query: from === undefined ? {} : { from } }, { keeps: true })
  return (
    <Page title={say.care.title}>
      <Answer to={care}>
        {calendar => (
          <div className="stack">
            <p className="faint">{say.care.intro}</p>
            <Turning calendar={calendar} onTurn={setFrom} />
            {calendar.days.some(d => d.due.length > 0) ? null : <p>{say.care.nobody}</p>}
            <Weeks calendar={calendar} />
            <Occasions occasions={calendar.occasions} />
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** Five weeks back or on; past days say whom they were for by what was known then. */
function Turning({
  calendar,
  onTurn,
}: {
  readonly calendar: CareCalendar
  readonly onTurn: (from: string | undefined) => void
}) {
  const { say } = useSay()
  const first = calendar.days[0]?.day ?? calendar.asOf
  const last = calendar.days.at(-1)?.day ?? calendar.asOf
  return (
    <div className="row">
      <Button onClick={() => onTurn(daysFrom(first, -calendar.days.length))}>{say.care.earlier}</Button>
      <Button disabled={first === calendar.asOf} onClick={() => onTurn(undefined)}>
        {say.care.fromToday}
      </Button>
      <Button onClick={() => onTurn(daysFrom(last, 1))}>{say.care.later}</Button>
      <span>{say.care.between({ from: first, to: last })}</span>
      {first < calendar.asOf ? <span className="faint">{say.care.pastMeans}</span> : null}
    </div>
  )
}

function Weeks({ calendar }: { readonly calendar: CareCalendar }) {
  const { say } = useSay()
  return (
    <table className="calendar" aria-label={say.care.picture}>
      <thead>
        <tr>
          {say.care.weekdays.map(name => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(calendar.days).map(week => (
          <tr key={week.find(day => day !== undefined)?.day}>
            {week.map((day, i) => (
              <td key={say.care.weekdays[i]}>
                {day === undefined ? null : <OneDay day={day} calendar={calendar} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function OneDay({ day, calendar }: { readonly day: Day; readonly calendar: CareCalendar }) {
  const { say, pick } = useSay()
  const titleOf = (id: string) => {
    const found = calendar.occasions.find(o => o.id === id)
    return found === undefined ? id : pick(found.title)
  }
  return (
    <>
      <div className="row">
        <span className="strong">{day.day.slice(5)}</span>
        <span className="faint small">{pick(day.lunar)}</span>
        {day.day === calendar.asOf ? <Badge tone="busy">{say.care.today}</Badge> : null}
      </div>
      {day.holidays.map(holiday => (
        <div key={holiday.code}>
          <Badge tone="bad">{pick(holiday.title)}</Badge>
        </div>
      ))}
      {day.due.map(({ occasion, subscribers }) => (
        <div key={occasion} className="small">
          {say.care.count({ title: titleOf(occasion), count: formatCount(subscribers) })}
        </div>
      ))}
    </>
  )
}

function Occasions({ occasions }: { readonly occasions: readonly Occasion[] }) {
  const { say, pick } = useSay()
  const when = ({ holiday, on, daysBefore }: Occasion) => {
    const day = daysBefore === 0 ? say.care.onDay : say.care.before({ days: daysBefore })
    return holiday === null ? [on ?? '', day].join(' ').trim() : `${pick(holiday)} ${day}`
  }
  return (
    <Card size="small" title={<h2>{say.care.occasions}</h2>}>
      <SmallTable
        rows={occasions}
        keyOf={occasion => occasion.id}
        nothing={say.none}
        pageSize={30}
        columns={[
          {
            title: say.care.occasion,
            of: one => (
              <>
                <div className="strong">{pick(one.title)}</div>
                <div className="faint small">{pick(one.means)}</div>
                {one.state === 'on' ? null : <Badge tone="warn">{say.segments.state[one.state]}</Badge>}
                {one.reason === null ? null : <div className="small">{pick(one.reason)}</div>}
              </>
            ),
          },
          { title: say.care.when, of: when },
          { title: say.care.whom, of: one => pick(one.sentence) },
          {
            title: say.care.channels,
            of: one => one.channels.map(c => say.care.channel[c]).join(say.comma),
          },
          {
            title: say.care.control,
            isNumber: true,
            of: one => say.care.percent({ percent: one.controlPercent }),
          },
        ]}
      />
    </Card>
  )
}
