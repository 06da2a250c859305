import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Input, Select, Table, type TableColumnsType } from 'antd'
import type { Reply, TagRow } from '#wire'
import { Answer } from '../../answer.tsx'
import { useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { tagSearch } from '../../search.ts'
import { formatCount } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { rowKeys } from '../../ui/row-keys.ts'
import { Nothing } from '../../ui/states.tsx'
import { useMay } from '../use-may.ts'
import { Coverage, TagNotes } from './tag-parts.tsx'

const route = getRouteApi('/frame/tags')

/** The library of tags: what each means and how many have it. */
export function TagsPage() {
  const { say } = useSay()
  const mayChange = useMay('tag.change')
  const tags = useReply('listTags')
  return (
    <Page title={say.tags.title} aside={mayChange ? <Link to="/tags/compose">{say.tags.add}</Link> : null}>
      <Answer to={tags}>{found => <Library library={found} />}</Answer>
    </Page>
  )
}

function Library({ library }: { readonly library: Reply<'listTags'> }) {
  const { say, pick } = useSay()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const open = useNavigate()
  const columns = useColumns(library.of)
  const rows = library.tags.filter(tag => isAbout(tag, search.q ?? '', search.group))
  return (
    <div className="stack">
      <search className="row">
        <Input
          aria-label={say.tags.search}
          placeholder={say.tags.search}
          allowClear
          style={{ maxWidth: 320 }}
          value={search.q ?? ''}
          onChange={event => {
            const q = event.target.value
            void navigate({ search: last => tagSearch({ ...last, q }), replace: true })
          }}
        />
        <Select<string>
          aria-label={say.tags.group}
          placeholder={say.tags.group}
          allowClear
          style={{ width: 200 }}
          value={search.group ?? null}
          options={library.groups.map(g => ({ value: g.code, label: pick(g.title) }))}
          onChange={group => void navigate({ search: last => tagSearch({ ...last, group }) })}
        />
      </search>
      <Table<TagRow>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={rows}
        onRow={rowKeys(rows.length, row => void open({ to: '/tags/$tagId', params: { tagId: row.id } }))}
        pagination={{
          pageSize: 50,
          showSizeChanger: false,
          showTotal: count => say.total({ count: formatCount(count) }),
        }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Nothing title={say.tags.none} /> }}
      />
    </div>
  )
}

function isAbout(tag: TagRow, text: string, group: string | undefined): boolean {
  if (group !== undefined && tag.group.code !== group) return false
  const words = [tag.id, tag.title.zh, tag.title.en, tag.means.zh, tag.means.en]
  return words.join('\n').toLowerCase().includes(text.trim().toLowerCase())
}

function useColumns(of: number | null): TableColumnsType<TagRow> {
  const { say, pick } = useSay()
  return [
    {
      title: say.tags.name,
      key: 'name',
      render: (_, row) => (
        <>
          <Link to="/tags/$tagId" params={{ tagId: row.id }} tabIndex={-1}>
            {pick(row.title)}
          </Link>{' '}
          <TagNotes tag={row} />
          <div>
            <code className="faint small">{row.id}</code>
          </div>
        </>
      ),
    },
    { title: say.tags.group, key: 'group', render: (_, row) => pick(row.group.title) },
    { title: say.tags.means, key: 'means', width: 420, render: (_, row) => pick(row.means) },
    {
      title: say.tags.coverage,
      key: 'coverage',
      align: 'right',
      className: 'number nowrap',
      sorter: (a, b) => (a.subscribers ?? -1) - (b.subscribers ?? -1),
      render: (_, row) => <Coverage subscribers={row.subscribers} of={of} />,
    },
  ]
}
