import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Card, Input } from 'antd'
import { useState } from 'react'
import { pathTo, type Reply, type Tag, uploads } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { ChooseFile } from '../../ui/choose-file.tsx'
import { formatCount, formatMoment } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { FaultyLines } from '../lists/faulty-lines.tsx'
import { useMay } from '../use-may.ts'

type Version = Reply<'listTagVersions'>['versions'][number]
const tones = { draft: 'warn', active: 'good', retired: 'calm' } as const

/** Every version of a tag, what fills it, and what may be done next. */
export function TagLife({ tag }: { readonly tag: Tag }) {
  const { say, pick } = useSay()
  const mayChange = useMay('tag.change')
  const found = useReply('listTagVersions', { parts: { id: tag.id } })
  return (
    <Card size="small" title={<h2>{say.ruleLife.versions}</h2>}>
      <Answer to={found}>
        {({ versions }) => (
          <div className="stack">
            <SmallTable
              rows={versions}
              keyOf={v => String(v.version)}
              nothing={say.none}
              columns={[
                { title: say.tags.version, of: v => v.version, isNumber: true },
                { title: say.state, of: v => <Badge tone={tones[v.life]}>{say.tags.lives[v.life]}</Badge> },
                {
                  title: say.tags.condition,
                  of: v => (v.sentence === null ? say.tags.sources.import : pick(v.sentence)),
                },
                {
                  title: say.ruleLife.madeBy,
                  of: v => (v.madeBy === null ? say.ruleLife.fromFile : pick(v.madeBy)),
                },
                { title: say.ruleLife.madeAt, of: v => (v.madeAt === null ? '' : formatMoment(v.madeAt)) },
              ]}
            />
            {mayChange ? <Acts id={tag.id} versions={versions} /> : null}
            {mayChange && tag.filling !== null ? <Fill id={tag.id} filling={tag.filling} /> : null}
          </div>
        )}
      </Answer>
    </Card>
  )
}

function Acts({ id, versions }: { readonly id: string; readonly versions: readonly Version[] }) {
  const { say } = useSay()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const settled = { onSuccess: () => client.invalidateQueries() }
  const activate = useMutation({ mutationFn: () => call('activateTag', { parts: { id } }), ...settled })
  const retire = useMutation({
    mutationFn: () => call('retireTag', { parts: { id }, body: { reason } }),
    ...settled,
  })
  const has = (life: Version['life']) => versions.some(v => v.life === life)
  const error = activate.error ?? retire.error
  return (
    <div className="stack">
      <div className="row">
        <Link to="/tags/compose" search={{ from: id }}>
          {say.tags.edit}
        </Link>
        {has('draft') ? (
          <Button type="primary" loading={activate.isPending} onClick={() => activate.mutate()}>
            {say.tags.activate}
          </Button>
        ) : null}
        {has('active') || has('draft') ? (
          <>
            <Input
              aria-label={say.tags.retireReason}
              placeholder={say.tags.retireReason}
              style={{ maxWidth: 260 }}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
            <Button
              danger
              loading={retire.isPending}
              disabled={reason.trim() === ''}
              onClick={() => retire.mutate()}
            >
              {say.tags.retire}
            </Button>
          </>
        ) : null}
      </div>
      {error === null ? null : <FaultNote error={error} />}
    </div>
  )
}

/** Whom the tag is given to, from a file; what was wrong with the last one. */
function Fill({ id, filling }: { readonly id: string; readonly filling: NonNullable<Tag['filling']> }) {
  const { say } = useSay()
  const client = useQueryClient()
  const [file, setFile] = useState<File>()
  const fill = useMutation({
    mutationFn: (chosen: File) => call('fillTag', { parts: { id }, file: chosen }),
    onSuccess: () => client.invalidateQueries(),
  })
  return (
    <div className="stack">
      <p>
        {filling.until === null
          ? say.tags.neverFilled
          : say.tags.filledUntil({ day: filling.day ?? '', until: filling.until })}{' '}
        {filling.faultyLines === 0 ? null : (
          <a href={pathTo('downloadTagFaults', { id })} download>
            {say.tags.faultsOf({ count: formatCount(filling.faultyLines) })}
          </a>
        )}
      </p>
      <div className="row">
        <ChooseFile file={file} bytesMax={uploads.fillTag} onChoose={setFile} />
        <Button
          type="primary"
          disabled={file === undefined}
          loading={fill.isPending}
          onClick={() => file !== undefined && fill.mutate(file)}
        >
          {say.tags.fill}
        </Button>
      </div>
      {fill.error === null ? null : <FaultNote error={fill.error} />}
      {fill.data === undefined ? null : (
        <>
          <p role="status">
            {fill.data.until === null
              ? say.tags.filledNobody
              : say.tags.filled({ count: formatCount(fill.data.subscribers) })}
          </p>
          <FaultyLines report={fill.data} />
        </>
      )}
    </div>
  )
}
