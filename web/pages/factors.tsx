import { getRouteApi } from '@tanstack/react-router'
import { Input, Table, type TableColumnsType } from 'antd'
import type { Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { formatCount, formatUnit } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { Nothing } from '../ui/states.tsx'

type Factor = Reply<'listFactors'>['factors'][number]

const route = getRouteApi('/frame/factors')

/** The catalogue of factors: what each means, where it comes from, and what keeps it off. */
export function FactorsPage() {
  const { say } = useSay()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const factors = useReply('listFactors')
  const columns = useColumns()
  return (
    <Page title={say.factors.title}>
      <Answer to={factors}>
        {reply => (
          <div className="stack">
            <search>
              <Input
                aria-label={say.factors.search}
                placeholder={say.factors.search}
                allowClear
                style={{ maxWidth: 320 }}
                value={q}
                onChange={event => {
                  const text = event.target.value
                  void navigate({ search: text === '' ? {} : { q: text }, replace: true })
                }}
              />
            </search>
            <Table<Factor>
              size="small"
              rowKey="id"
              columns={columns}
              dataSource={reply.factors.filter(factor => isAbout(factor, q))}
              pagination={{
                pageSize: 50,
                showSizeChanger: false,
                showTotal: count => say.total({ count: formatCount(count) }),
              }}
              locale={{ emptyText: <Nothing title={say.factors.none} /> }}
            />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function isAbout(factor: Factor, text: string): boolean {
  const { id, title, means, subject } = factor
  const words = [id, title.zh, title.en, means.zh, means.en, subject.title.zh, subject.title.en]
  return words.join('\n').toLowerCase().includes(text.trim().toLowerCase())
}

function useColumns(): TableColumnsType<Factor> {
  const { say, pick } = useSay()
  return [
    {
      title: say.factors.name,
      key: 'name',
      render: (_, row) => (
        <>
          <div className="strong">{pick(row.title)}</div>
          <code className="faint small">{row.id}</code>
        </>
      ),
    },
    { title: say.factors.means, key: 'means', width: 460, render: (_, row) => pick(row.means) },
    { title: say.factors.subject, key: 'subject', render: (_, row) => pick(row.subject.title) },
    {
      title: say.factors.unit,
      key: 'unit',
      render: (_, row) => formatUnit(row.unit, say),
    },
    {
      title: say.factors.feeds,
      key: 'feeds',
      render: (_, row) => row.feeds.map(f => pick(f.title)).join(say.comma),
    },
    {
      title: say.state,
      key: 'off',
      render: (_, row) =>
        row.off === null ? <span className="faint">{say.factors.on}</span> : pick(row.off),
    },
  ]
}
