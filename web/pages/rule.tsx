import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Card } from 'antd'
import { useMemo } from 'react'
import type { Rule } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { Badge } from '../ui/badge.tsx'
import { formatNumber, formatValue } from '../ui/format.ts'
import { Facts, Page } from '../ui/page.tsx'
import { SmallTable } from '../ui/small-table.tsx'
import { Trend } from '../ui/trend.tsx'
import { Matched, RuleBadge } from './rule-parts.tsx'
import { Versions } from './rules/versions.tsx'
import { useMay } from './use-may.ts'

const route = getRouteApi('/frame/rules/$ruleId')

export function RulePage() {
  const { ruleId } = route.useParams()
  const rule = useReply('showRule', { parts: { id: ruleId } })
  return <Answer to={rule}>{found => <OneRule rule={found} />}</Answer>
}

function OneRule({ rule }: { readonly rule: Rule }) {
  const { say, pick } = useSay()
  const mayTry = useMay('rule.try')
  const aside = (
    <span className="row">
      {rule.life === 'active' ? (
        <RuleBadge state={rule.state} />
      ) : (
        <Badge tone="calm">{say.ruleLife.states[rule.life]}</Badge>
      )}
      {mayTry ? (
        <Link to="/rules/compose" search={{ from: rule.id }}>
          {say.compose.from}
        </Link>
      ) : null}
      <Link to="/rules">{say.rules.title}</Link>
    </span>
  )
  return (
    <Page title={pick(rule.title)} aside={aside}>
      <div className="stack">
        {rule.reason === null ? null : <Alert type="warning" showIcon title={pick(rule.reason)} />}
        <Card size="small" title={<h2>{say.rules.sentence}</h2>}>
          <p className="script">{pick(rule.sentence)}</p>
          {rule.note === null ? null : <p className="faint">{pick(rule.note)}</p>}
          <Facts
            rows={[
              [say.rules.matched, <Matched key="matched" rule={rule} />],
              [say.ruleLife.version, `${rule.version} · ${say.ruleLife.states[rule.life]}`],
              [say.ruleLife.owner, rule.owner],
              [say.rules.points, rule.points === null ? null : formatNumber(rule.points)],
              [say.rules.factors, rule.factors.map(f => pick(f.title)).join(say.comma)],
            ]}
          />
        </Card>
        <ParameterTable rule={rule} />
        <Versions id={rule.id} />
        <RuleHistory history={rule.history} />
      </div>
    </Page>
  )
}

function ParameterTable({ rule }: { readonly rule: Rule }) {
  const { say, pick, language } = useSay()
  const limits = (p: Rule['parameters'][number]) => {
    if (p.min === null || p.max === null) return ''
    const shown = (value: number | string) => formatValue({ ...p, value }, language, say)
    return say.rules.limits({ min: shown(p.min), max: shown(p.max) })
  }
  return (
    <Card size="small" title={<h2>{say.rules.parameters}</h2>}>
      <SmallTable
        rows={rule.parameters}
        keyOf={p => p.id}
        nothing={say.none}
        columns={[
          { title: say.factors.name, of: p => pick(p.title) },
          { title: say.customer.value, of: p => formatValue(p, language, say) },
          { title: '', of: limits },
        ]}
      />
    </Card>
  )
}

function RuleHistory({ history }: { readonly history: Rule['history'] }) {
  const { say } = useSay()
  const at = useMemo(() => history.map(h => h.day.slice(5)), [history])
  const series = useMemo(
    () => [{ name: say.rules.matched, as: 'line' as const, values: history.map(h => h.count) }],
    [history, say],
  )
  if (history.filter(h => h.count !== null).length < 2) return null
  return (
    <Card size="small" title={<h2>{say.rules.history}</h2>}>
      <Trend label={say.rules.historyText} at={at} series={series} />
    </Card>
  )
}
