import { Card } from 'antd'
import type { Reply, ValuedFactor } from '#wire'
import { useSay } from '../say/use-say.ts'
import { formatNumber, formatValue } from '../ui/format.ts'
import { Facts } from '../ui/page.tsx'

type Task = Reply<'showTask'>
type Signal = Task['warning']['signals'][number]

/** Why listed: each rule that fired, as a sentence with this subscriber's values. */
export function TaskWhy({ task }: { readonly task: Task }) {
  const { say, pick } = useSay()
  const { warning } = task
  return (
    <Card size="small" title={<h2>{say.task.why}</h2>}>
      <p className="faint small">
        {say.task.raised({ day: warning.raisedOn })} · {say.asOf({ day: task.asOf })}
        {warning.score === null ? '' : ` · ${say.task.score({ score: formatNumber(warning.score) })}`}
      </p>
      {warning.signals.length === 0 ? <p>{pick(task.reason)}</p> : null}
      {warning.signals.map(signal => (
        <SignalShown key={signal.ruleId} signal={signal} />
      ))}
      {task.decision === null ? null : (
        <p className="faint" style={{ marginTop: 12, marginBottom: 0 }}>
          {say.task.decision}: {pick(task.decision)}
        </p>
      )}
    </Card>
  )
}

function SignalShown({ signal }: { readonly signal: Signal }) {
  const { say, pick } = useSay()
  const value = useShownValue()
  return (
    <section className="signal" aria-label={pick(signal.title)}>
      <div className="row">
        <span className="strong">{pick(signal.title)}</span>
        {signal.points === null ? null : (
          <span className="faint small">{say.task.points({ points: formatNumber(signal.points) })}</span>
        )}
      </div>
      <p style={{ margin: '2px 0 8px' }}>{pick(signal.sentence)}</p>
      <Facts rows={signal.values.map(factor => [pick(factor.title), value(factor)] as const)} />
    </section>
  )
}

export function useShownValue(): (factor: ValuedFactor) => string {
  const { say, language, pick } = useSay()
  return factor => (factor.valueTitle === null ? formatValue(factor, language, say) : pick(factor.valueTitle))
}
