import { useMemo } from 'react'
import type { Subscriber } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { formatMonth } from '../../ui/format.ts'
import { type Series, Trend } from '../../ui/trend.tsx'

/** How spending and use went: by month over the years, by day over the last weeks. */
export function Trends({ subscriber }: { readonly subscriber: Subscriber }) {
  return (
    <div className="tiles wide">
      {subscriber.months.length === 0 ? null : <Monthly months={subscriber.months} />}
      {subscriber.days.length === 0 ? null : <Daily days={subscriber.days} />}
    </div>
  )
}

function Monthly({ months }: { readonly months: Subscriber['months'] }) {
  const { say } = useSay()
  const at = useMemo(() => months.map(m => formatMonth(m.month)), [months])
  const series = useMemo<readonly Series[]>(
    () => [
      { name: say.customer.revenue, as: 'line', values: months.map(m => inYuan(m.revenueFen)) },
      { name: say.customer.minutes, as: 'bar', values: months.map(m => rounded(m.minutes)) },
    ],
    [months, say],
  )
  return (
    <section>
      <h3>{say.customer.trend}</h3>
      <Trend label={say.customer.trendText} at={at} series={series} />
    </section>
  )
}

function Daily({ days }: { readonly days: Subscriber['days'] }) {
  const { say } = useSay()
  const at = useMemo(() => days.map(d => d.day.slice(5)), [days])
  const series = useMemo<readonly Series[]>(
    () => [
      { name: say.customer.balanceLine, as: 'line', values: days.map(d => inYuan(d.balanceFen)) },
      {
        name: say.customer.data,
        as: 'bar',
        values: days.map(d => rounded(d.dataKib === null ? null : d.dataKib / 1024)),
      },
    ],
    [days, say],
  )
  return (
    <section>
      <h3>{say.customer.daily}</h3>
      <Trend label={say.customer.dailyText} at={at} series={series} />
    </section>
  )
}

function inYuan(fen: number | null): number | null {
  return fen === null ? null : fen / 100
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10
}
