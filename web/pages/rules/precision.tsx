import { Link } from '@tanstack/react-router'
import { InputNumber, Select, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount, formatShare } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { SmallTable } from '../../ui/small-table.tsx'
import { Nothing } from '../../ui/states.tsx'
import { liftSaid, shareSaid } from './fared.ts'

type Faring = Reply<'listPrecision'>
type Row = Faring['rules'][number]

/** How every rule in force did against what happened, and which no longer finds as many as usual. */
export function PrecisionPage() {
  const { say } = useSay()
  const words = say.backtest
  const [what, setWhat] = useState<Faring['what']>('left')
  const [withinDays, setDays] = useState(30)
  const found = useReply('listPrecision', { query: { what, withinDays } })
  return (
    <Page title={say.faring.title} aside={<Link to="/rules">{say.rules.title}</Link>}>
      <p className="faint">{say.faring.means}</p>
      <div className="row">
        <Select<Faring['what']>
          aria-label={words.what}
          value={what}
          options={(['left', 'recharged'] as const).map(value => ({ value, label: words.whats[value] }))}
          onChange={setWhat}
        />
        <InputNumber<number>
          aria-label={words.days}
          min={1}
          max={180}
          precision={0}
          changeOnWheel={false}
          suffix={say.units.day}
          value={withinDays}
          onChange={value => setDays(value ?? 30)}
        />
      </div>
      <Answer to={found}>{reply => <Fared reply={reply} />}</Answer>
    </Page>
  )
}

function Fared({ reply }: { readonly reply: Faring }) {
  const { say } = useSay()
  const columns = useColumns()
  const [first, last] = [reply.mornings[0], reply.mornings.at(-1)]
  return (
    <div className="stack" role="status">
      {first === undefined || last === undefined ? null : (
        <p className="small faint">
          {say.faring.mornings({ count: formatCount(reply.mornings.length), first, last })}
        </p>
      )}
      <Table<Row>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={[...reply.rules]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        expandable={{ expandedRowRender: row => <Months row={row} /> }}
        locale={{ emptyText: <Nothing title={say.faring.none} /> }}
      />
    </div>
  )
}

function useColumns(): TableColumnsType<Row> {
  const { say, pick } = useSay()
  const words = say.backtest
  return [
    {
      title: say.effects.rule,
      key: 'title',
      render: (_, row) => (
        <Link to="/rules/$ruleId" params={{ ruleId: row.id }}>
          {pick(row.title)}
        </Link>
      ),
    },
    {
      title: words.chosen,
      key: 'chosen',
      align: 'right',
      className: 'number',
      render: (_, row) => (row.all === null ? '—' : formatCount(row.all.precision.count)),
    },
    {
      title: words.precision,
      key: 'precision',
      align: 'right',
      className: 'number nowrap',
      sorter: (a, b) => (a.all?.precision.share ?? -1) - (b.all?.precision.share ?? -1),
      render: (_, row) => (row.all === null ? '—' : shareSaid(row.all.precision)),
    },
    {
      title: words.recall,
      key: 'recall',
      align: 'right',
      className: 'number nowrap',
      sorter: (a, b) => (a.all?.recall.share ?? -1) - (b.all?.recall.share ?? -1),
      render: (_, row) => (row.all === null ? '—' : shareSaid(row.all.recall)),
    },
    {
      title: words.lift,
      key: 'lift',
      align: 'right',
      className: 'number nowrap',
      defaultSortOrder: 'descend',
      sorter: (a, b) => (a.all?.lift ?? -1) - (b.all?.lift ?? -1),
      render: (_, row) => (row.all === null ? '—' : liftSaid(row.all)),
    },
    {
      title: <span title={say.faring.driftMeans}>{say.faring.drift}</span>,
      key: 'drift',
      render: (_, row) => <Drift drift={row.drift} />,
    },
  ]
}

function Drift({ drift }: { readonly drift: Row['drift'] }) {
  const { say } = useSay()
  if (drift === null) return '—'
  const { now, usual, low, high, isOutside } = drift
  return (
    <>
      {formatShare(now)} {isOutside ? <Badge tone="warn">{say.faring.outside}</Badge> : null}
      <div className="small faint">
        {say.faring.usual({ usual: formatShare(usual), low: formatShare(low), high: formatShare(high) })}
      </div>
    </>
  )
}

function Months({ row }: { readonly row: Row }) {
  const { say, pick } = useSay()
  const words = say.backtest
  return (
    <SmallTable
      rows={row.months}
      keyOf={month => month.asOf}
      nothing={say.none}
      pageSize={24}
      columns={[
        { title: words.morning, of: month => month.asOf },
        {
          title: words.precision,
          of: month =>
            month.held === null
              ? month.fared && shareSaid(month.fared.precision)
              : words.held({ why: pick(month.held) }),
          isNumber: true,
        },
        { title: words.recall, of: month => month.fared && shareSaid(month.fared.recall), isNumber: true },
        { title: words.base, of: month => month.fared && shareSaid(month.fared.base), isNumber: true },
        { title: words.lift, of: month => month.fared && liftSaid(month.fared), isNumber: true },
      ]}
    />
  )
}
