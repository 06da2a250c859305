import { Select } from 'antd'
import { useMemo, useState } from 'react'
import type { FactorHistory, Subscriber } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { formatUnit } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { type Series, Trend } from '../../ui/trend.tsx'
import { useShownValue } from '../task-why.tsx'
import { changes, dayBefore, historyDays, isDrawn } from './history-points.ts'

/** How one factor, chosen from all, went over the mornings that are kept. */
export function FactorTrend({ subscriber }: { readonly subscriber: Subscriber }) {
  const { say, pick } = useSay()
  const [chosen, choose] = useState<string>()
  const options = subscriber.factors.map(group => ({
    label: pick(group.subject.title),
    options: group.factors.map(f => ({
      value: f.id,
      label: pick(f.title),
      search: `${f.id} ${pick(f.title)}`,
    })),
  }))
  if (options.length === 0) return null
  return (
    <section>
      <h3>{say.customer.factorTrend}</h3>
      <Select<string>
        aria-label={say.customer.factorChoose}
        placeholder={say.customer.factorChoose}
        showSearch={{ optionFilterProp: 'search' }}
        value={chosen ?? null}
        onChange={choose}
        options={options}
        style={{ width: 320, maxWidth: '100%', marginBottom: 8 }}
      />
      {chosen === undefined ? null : <Asked subscriberId={subscriber.basics.id} factor={chosen} />}
    </section>
  )
}

function Asked({ subscriberId, factor }: { readonly subscriberId: string; readonly factor: string }) {
  const history = useReply('showFactorHistory', { parts: { id: subscriberId, factor } })
  return <Answer to={history}>{found => <Shown history={found} />}</Answer>
}

function Shown({ history }: { readonly history: FactorHistory }) {
  const { say } = useSay()
  if (history.points.length === 0) return <Gaps history={history} />
  return (
    <>
      {isDrawn(history.type) ? <Picture history={history} /> : <Changes history={history} />}
      <p className="faint small">{say.customer.factorMornings({ count: history.points.length })}</p>
      <Gaps history={history} />
    </>
  )
}

function Picture({ history }: { readonly history: FactorHistory }) {
  const { say, pick } = useSay()
  const { at, values } = useMemo(() => historyDays(history), [history])
  const unit = history.unit ?? (history.type === 'money' ? 'fen' : null)
  const title = pick(history.title)
  const word = unit === 'share' ? '%' : unit?.startsWith('KiB') ? 'MB' : formatUnit(unit, say)
  const name = word === '' ? title : `${title} (${word})`
  const as = history.type === 'flag' ? 'bar' : 'line'
  const series = useMemo<readonly Series[]>(() => [{ name, as, values }], [name, as, values])
  return <Trend label={title} at={at} series={series} height={180} />
}

/** What cannot be drawn is listed: the mornings on which it changed. */
function Changes({ history }: { readonly history: FactorHistory }) {
  const { say } = useSay()
  const value = useShownValue()
  const { id, title, type, unit } = history
  return (
    <SmallTable
      rows={changes(history)}
      keyOf={point => point.day}
      columns={[
        { title: say.day, of: point => point.day },
        { title: say.customer.value, of: point => value({ id, title, type, unit, ...point }) },
      ]}
      nothing={say.customer.nothing}
    />
  )
}

/** Missing mornings are said: an empty stretch of the picture is not a zero. */
function Gaps({ history }: { readonly history: FactorHistory }) {
  const { pick } = useSay()
  return (
    <ul className="faint small">
      {history.gaps.map(({ from, to, why }) => {
        const last = dayBefore(to)
        return (
          <li key={from}>
            {from === last ? from : `${from} – ${last}`}: {pick(why.title)}
          </li>
        )
      })}
    </ul>
  )
}
