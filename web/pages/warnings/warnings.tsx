import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Select, Table, type TableColumnsType } from 'antd'
import type { WarningPage } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { warningSearch } from '../../search.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount, formatFen } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { rowKeys } from '../../ui/row-keys.ts'
import { Nothing } from '../../ui/states.tsx'
import { usePaging } from '../../ui/use-paging.ts'
import { LevelBadge } from '../level-badge.tsx'

type Row = WarningPage['rows'][number]

const route = getRouteApi('/frame/warnings')
const levels = ['high', 'medium', 'low'] as const

/** The warnings that are open in one's scope, and how each stands. */
export function WarningsPage() {
  const { say } = useSay()
  const search = route.useSearch()
  const warnings = useReply('listWarnings', { query: { pageSize: 20, ...search } }, { keeps: true })
  return (
    <Page title={say.warningLives.title}>
      <Answer to={warnings}>{page => <Warnings page={page} />}</Answer>
    </Page>
  )
}

function Warnings({ page }: { readonly page: WarningPage }) {
  const { say } = useSay()
  const navigate = route.useNavigate()
  const open = useNavigate()
  const paging = usePaging()
  const columns = useColumns()
  return (
    <div className="stack">
      <p className="faint">{say.warningLives.intro}</p>
      <Choices page={page} />
      <Table<Row>
        size="small"
        rowKey={row => `${row.id} ${row.plan.code}`}
        columns={columns}
        dataSource={[...page.rows]}
        onRow={rowKeys(page.rows.length, row => {
          void open({ to: '/subscribers/$subscriberId', params: { subscriberId: row.id } })
        })}
        scroll={{ x: 'max-content' }}
        pagination={paging(page, to => void navigate({ search: last => ({ ...last, page: to }) }))}
        locale={{ emptyText: <Nothing title={say.warningLives.none} /> }}
      />
    </div>
  )
}

/** How many stand how: each is a filter. */
function Choices({ page }: { readonly page: WarningPage }) {
  const { say, pick } = useSay()
  const { plan, state, level } = route.useSearch()
  const navigate = route.useNavigate()
  const countOf = (code: string) =>
    page.counts
      .filter(c => c.state === code && (plan === undefined || c.plan === plan))
      .reduce((sum, c) => sum + c.count, 0)
  const planLabel = ({ title, weekday, lookedOn }: WarningPage['plans'][number]) =>
    say.warningLives.planOf({
      title: pick(title),
      every:
        weekday === null
          ? say.warningLives.daily
          : say.warningLives.weekly({ weekday: say.care.weekdays[weekday - 1] ?? '' }),
      looked: lookedOn ?? '–',
    })
  return (
    <search className="row">
      <fieldset className="choices" aria-label={say.state}>
        {page.states.map(({ code, title }) => (
          <Button
            key={code}
            size="small"
            aria-pressed={code === state}
            type={code === state ? 'primary' : 'default'}
            onClick={() =>
              void navigate({
                search: warningSearch({ plan, level, state: code === state ? undefined : code }),
              })
            }
          >
            {`${pick(title)} ${formatCount(countOf(code))}`}
          </Button>
        ))}
      </fieldset>
      <Select<string>
        aria-label={say.warningLives.plan}
        placeholder={say.warningLives.plan}
        allowClear
        style={{ width: 340 }}
        value={plan ?? null}
        options={page.plans.map(one => ({ value: one.code, label: planLabel(one) }))}
        onChange={one => void navigate({ search: warningSearch({ plan: one, state, level }) })}
      />
      <Select<string>
        aria-label={say.tasks.level}
        placeholder={say.tasks.level}
        allowClear
        style={{ width: 120 }}
        value={level ?? null}
        options={levels.map(one => ({ value: one, label: say.level[one] }))}
        onChange={one => void navigate({ search: warningSearch({ plan, state, level: one }) })}
      />
    </search>
  )
}

function useColumns(): TableColumnsType<Row> {
  const { say, pick } = useSay()
  return [
    {
      title: say.customer.number,
      key: 'number',
      render: (_, row) => (
        <Link to="/subscribers/$subscriberId" params={{ subscriberId: row.id }} tabIndex={-1}>
          {row.number ?? row.id}
        </Link>
      ),
    },
    { title: say.customer.name, key: 'name', render: (_, row) => row.customerName },
    {
      title: say.tasks.arpu,
      key: 'arpu',
      align: 'right',
      className: 'number',
      render: (_, row) => (row.arpuFen === null ? null : formatFen(row.arpuFen)),
    },
    { title: say.tasks.level, key: 'level', render: (_, row) => <LevelBadge level={row.level} /> },
    { title: say.warningLives.plan, key: 'plan', render: (_, row) => pick(row.plan.title) },
    {
      title: say.state,
      key: 'state',
      render: (_, row) => (
        <span className="row">
          {pick(row.state.title)}
          {row.reopened === 0 ? null : (
            <Badge tone="warn">{say.warningLives.reopened({ times: row.reopened })}</Badge>
          )}
        </span>
      ),
    },
    { title: say.warningLives.opened, key: 'opened', render: (_, row) => row.openedOn },
    {
      title: say.warningLives.days,
      key: 'days',
      align: 'right',
      className: 'number',
      render: (_, row) => formatCount(row.raisedDays),
    },
    { title: say.warningLives.last, key: 'last', render: (_, row) => row.lastOn },
    { title: say.warningLives.worked, key: 'worked', render: (_, row) => row.workedOn },
    { title: say.warningLives.escalated, key: 'escalated', render: (_, row) => row.escalatedOn },
  ]
}
