import { Link, useNavigate } from '@tanstack/react-router'
import { Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { Badge } from '../ui/badge.tsx'
import { Page } from '../ui/page.tsx'
import { rowKeys } from '../ui/row-keys.ts'
import { Nothing } from '../ui/states.tsx'
import { Matched, Parameters, RuleBadge } from './rule-parts.tsx'
import { useMay } from './use-may.ts'

type RuleRow = Reply<'listRules'>['rules'][number]

/** Each rule as a sentence, and whom it finds. */
export function RulesPage() {
  const { say } = useSay()
  const navigate = useNavigate()
  const rules = useReply('listRules')
  const columns = useColumns()
  const mayTry = useMay('rule.try')
  const open = (row: RuleRow) => void navigate({ to: '/rules/$ruleId', params: { ruleId: row.id } })
  return (
    <Page title={say.rules.title} aside={mayTry ? <RuleLinks /> : null}>
      <Answer to={rules}>
        {reply => (
          <Table<RuleRow>
            size="small"
            rowKey="id"
            columns={columns}
            dataSource={[...reply.rules]}
            onRow={rowKeys(reply.rules.length, open)}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: <Nothing title={say.rules.none} /> }}
          />
        )}
      </Answer>
    </Page>
  )
}

function RuleLinks() {
  const { say } = useSay()
  return (
    <span className="row">
      <Link to="/rules/precision">{say.faring.open}</Link>
      <Link to="/rules/compose">{say.compose.open}</Link>
    </span>
  )
}

function useColumns(): TableColumnsType<RuleRow> {
  const { say, pick } = useSay()
  return [
    {
      title: say.effects.rule,
      key: 'title',
      render: (_, row) => (
        <Link to="/rules/$ruleId" params={{ ruleId: row.id }} tabIndex={-1}>
          {pick(row.title)}
        </Link>
      ),
    },
    {
      title: say.state,
      key: 'state',
      render: (_, row) => (
        <>
          {row.life === 'active' ? (
            <RuleBadge state={row.state} />
          ) : (
            <Badge tone="calm">{say.ruleLife.states[row.life]}</Badge>
          )}
          {row.reason === null ? null : <div className="small">{pick(row.reason)}</div>}
        </>
      ),
    },
    {
      title: say.rules.matched,
      key: 'count',
      align: 'right',
      className: 'number nowrap',
      render: (_, row) => <Matched rule={row} />,
    },
    { title: say.rules.sentence, key: 'sentence', width: 520, render: (_, row) => pick(row.sentence) },
    {
      title: say.rules.parameters,
      key: 'parameters',
      render: (_, row) => <Parameters parameters={row.parameters} />,
    },
  ]
}
