import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Alert, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { pathTo, type Reply, uploads } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { ExportButton } from '../../forms/export.tsx'
import { useSay } from '../../say/use-say.ts'
import { ChooseFile } from '../../ui/choose-file.tsx'
import { formatCount } from '../../ui/format.ts'
import { Facts, Page } from '../../ui/page.tsx'
import { SmallTable } from '../../ui/small-table.tsx'
import { useMay } from '../use-may.ts'
import { FaultyLines } from './faulty-lines.tsx'
import { ListState } from './lists.tsx'

type List = Reply<'showList'>

const route = getRouteApi('/frame/lists/$listId')

/** One list: who is on it, what people changed in it and why, and what may be done with it now. */
export function ListPage() {
  const { listId } = route.useParams()
  const { say } = useSay()
  const list = useReply('showList', { parts: { id: listId } }, { every: 15_000 })
  return (
    <Answer to={list}>
      {reply => (
        <Page title={reply.title}>
          <div className="stack">
            <ListFacts list={reply} />
            <ListActs list={reply} />
            <h2>{say.lists.differences}</h2>
            <Differences list={reply} />
            {reply.faulty.length === 0 ? null : (
              <>
                <h2>{say.lists.faultyTitle}</h2>
                <FaultyLines report={{ faulty: reply.faulty, faultyLines: reply.counts.faulty }} />
                <a href={pathTo('downloadListFaults', { id: String(reply.id) })} download>
                  {say.lists.downloadFaults}
                </a>
              </>
            )}
          </div>
        </Page>
      )}
    </Answer>
  )
}

function ListFacts({ list }: { readonly list: List }) {
  const { say, pick } = useSay()
  const words = say.lists
  const { counts } = list
  return (
    <Facts
      rows={[
        [say.state, <ListState key="state" list={list} />],
        [words.reason, list.reason],
        [words.from, list.rule === null ? words.file : `${pick(list.rule.title)} ${list.ruleDay ?? ''}`],
        [words.people, formatCount(counts.kept + counts.added)],
        [
          words.changed,
          words.changedBy({ removed: formatCount(counts.removed), added: formatCount(counts.added) }),
        ],
        [words.action, list.action ?? words.forCampaign],
        [
          words.days,
          list.firstDay === null ? list.days : words.fromDay({ day: list.firstDay, days: list.days }),
        ],
        [words.control, list.action === null ? null : `${list.controlPercent} %`],
        [words.maker, pick(list.maker.name)],
      ]}
    />
  )
}

function ListActs({ list }: { readonly list: List }) {
  const { say } = useSay()
  const isDraft = list.state.code === 'draft'
  const mayChange = useMay('list.change')
  return (
    <div className="stack">
      <div className="row">
        <ExportButton what="list" query={{ list: list.id }} />
        {mayChange && isDraft ? <Submit list={list} /> : null}
        {mayChange && (isDraft || list.state.code === 'approved') ? <Stop list={list} /> : null}
        {list.state.code === 'waiting' ? <Link to="/approvals">{say.lists.waits}</Link> : null}
      </div>
      {mayChange && isDraft ? <ReadBack list={list} /> : null}
    </div>
  )
}

function useShown() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['showList'] })
}

function Submit({ list }: { readonly list: List }) {
  const { say } = useSay()
  const onSettled = useShown()
  const act = useMutation({
    mutationFn: () => call('submitList', { parts: { id: String(list.id) } }),
    onSettled,
  })
  return (
    <>
      <Button type="primary" loading={act.isPending} onClick={() => act.mutate()}>
        {say.lists.submit}
      </Button>
      {act.error === null ? null : <FaultNote error={act.error} />}
    </>
  )
}

function Stop({ list }: { readonly list: List }) {
  const { say } = useSay()
  const words = say.lists
  const onSettled = useShown()
  const stop = useMutation({
    mutationFn: () => call('stopList', { parts: { id: String(list.id) } }),
    onSettled,
  })
  const isDraft = list.state.code === 'draft'
  const label = isDraft ? words.drop : words.stop
  return (
    <>
      <Popconfirm
        title={isDraft ? words.dropSure : words.stopSure}
        okText={label}
        cancelText={say.back}
        onConfirm={() => stop.mutate()}
      >
        <Button danger loading={stop.isPending}>
          {label}
        </Button>
      </Popconfirm>
      {stop.error === null ? null : <FaultNote error={stop.error} />}
    </>
  )
}

/** The checked file, read back whole or not at all. */
function ReadBack({ list }: { readonly list: List }) {
  const { say } = useSay()
  const words = say.lists
  const [file, setFile] = useState<File>()
  const onSettled = useShown()
  const check = useMutation({
    mutationFn: (chosen: File) => call('checkList', { parts: { id: String(list.id) }, file: chosen }),
    onSettled,
  })
  const choose = (chosen: File) => {
    setFile(chosen)
    check.reset()
  }
  return (
    <div className="stack">
      <div className="row">
        <ChooseFile file={file} bytesMax={uploads.checkList} onChoose={choose} />
        <Button
          disabled={file === undefined}
          loading={check.isPending}
          onClick={() => file !== undefined && check.mutate(file)}
        >
          {words.check}
        </Button>
      </div>
      <div className="faint">{words.checkMeans}</div>
      {check.error === null ? null : <FaultNote error={check.error} />}
      {check.data?.list === null ? <FaultyLines report={check.data} /> : null}
      {check.data?.list ? <Alert type="success" showIcon role="status" title={words.checked} /> : null}
    </div>
  )
}

function Differences({ list }: { readonly list: List }) {
  const { say, pick } = useSay()
  const words = say.lists
  return (
    <SmallTable
      rows={list.differences}
      keyOf={one => one.subscriberId}
      columns={[
        {
          title: words.subscriber,
          of: one => (
            <Link to="/subscribers/$subscriberId" params={{ subscriberId: one.subscriberId }}>
              {one.subscriberId}
            </Link>
          ),
        },
        { title: words.change, of: one => pick(one.state.title) },
        { title: words.why, of: one => one.reason },
      ]}
      nothing={words.noDifferences}
      pageSize={20}
    />
  )
}
