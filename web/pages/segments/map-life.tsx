import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Card, Input } from 'antd'
import { useState } from 'react'
import type { Reply, TriedMap } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount, formatMoment, formatShare } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { useMay } from '../use-may.ts'
import { sumBy, unknownClass } from './cells.ts'
import { useClassName } from './use-class-name.ts'

type Version = Reply<'listMapVersions'>['versions'][number]
const tones = { draft: 'warn', waiting: 'busy', active: 'good', retired: 'calm' } as const

/** What the map is made by: its versions, and a changed one as it is written, tried, kept and asked for. */
export function MapLife() {
  const { say, pick } = useSay()
  const mayChange = useMay('segment.change')
  const found = useReply('listMapVersions')
  return (
    <Card size="small" title={<h2>{say.segments.definition}</h2>}>
      <Answer to={found}>
        {({ versions }) => (
          <div className="stack">
            <SmallTable
              rows={versions}
              keyOf={v => String(v.version)}
              nothing={say.none}
              columns={[
                { title: say.ruleLife.version, of: v => v.version, isNumber: true },
                {
                  title: say.state,
                  of: v => <Badge tone={tones[v.state]}>{say.ruleLife.states[v.state]}</Badge>,
                },
                {
                  title: say.ruleLife.madeBy,
                  of: v => (v.madeBy === null ? say.ruleLife.fromFile : pick(v.madeBy)),
                },
                { title: say.ruleLife.madeAt, of: v => (v.madeAt === null ? '' : formatMoment(v.madeAt)) },
              ]}
            />
            {mayChange ? <Editor key={versions[0]?.version} versions={versions} /> : null}
          </div>
        )}
      </Answer>
    </Card>
  )
}

function Editor({ versions }: { readonly versions: readonly Version[] }) {
  const { say } = useSay()
  const words = say.segments
  const client = useQueryClient()
  const begin = versions.find(v => v.state === 'draft') ?? versions.find(v => v.state === 'active')
  const [yaml, setYaml] = useState(begin?.yaml ?? '')
  const [reason, setReason] = useState('')
  const renew = { onSuccess: () => client.invalidateQueries() }
  const tried = useMutation({ mutationFn: () => call('tryMap', { body: { yaml } }) })
  const save = useMutation({ mutationFn: () => call('saveMap', { body: { yaml } }), ...renew })
  const ask = useMutation({ mutationFn: () => call('activateMap', { body: { reason } }), ...renew })
  if (versions.some(v => v.state === 'waiting')) return <Link to="/approvals">{say.ruleLife.waits}</Link>
  const error = tried.error ?? save.error ?? ask.error
  return (
    <details>
      <summary>{words.editDefinition}</summary>
      <div className="stack">
        <p className="faint small">{words.definitionMeans}</p>
        <Input.TextArea
          aria-label={words.definition}
          value={yaml}
          rows={22}
          style={{ fontFamily: 'monospace' }}
          spellCheck={false}
          onChange={event => setYaml(event.target.value)}
        />
        <div className="row">
          <Button loading={tried.isPending} onClick={() => tried.mutate()}>
            {words.tryDefinition}
          </Button>
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
            {say.ruleLife.saveAct}
          </Button>
        </div>
        {tried.data === undefined ? null : <Tried tried={tried.data} />}
        {versions.some(v => v.state === 'draft') ? (
          <div className="row">
            <Input
              aria-label={words.askReason}
              placeholder={words.askReason}
              style={{ maxWidth: 320 }}
              value={reason}
              onChange={event => setReason(event.target.value)}
            />
            <Button disabled={reason.trim() === ''} loading={ask.isPending} onClick={() => ask.mutate()}>
              {say.ruleLife.ask}
            </Button>
          </div>
        ) : null}
        {error === null ? null : <FaultNote error={error} />}
      </div>
    </details>
  )
}

const arrow = ' → '

/** Everything that is wrong, or who would move. */
function Tried({ tried: { faults, preview } }: { readonly tried: TriedMap }) {
  const { say, pick } = useSay()
  const nameOf = useClassName()
  if (preview === null) {
    return (
      <SmallTable
        rows={faults.map((fault, i) => ({ ...fault, key: String(i) }))}
        keyOf={fault => fault.key}
        nothing={say.none}
        columns={[
          { title: say.organisation.line, of: fault => fault.at?.['line'] ?? '', isNumber: true },
          { title: say.organisation.problem, of: fault => pick(fault) },
        ]}
      />
    )
  }
  const { moved, subscribers, moves, value, stage } = preview
  const place = (cell: (typeof moves)[number]['from']) =>
    `${nameOf(value, cell?.value ?? unknownClass)} × ${nameOf(stage, cell?.stage ?? unknownClass)}`
  const share = formatShare(subscribers === 0 ? 0 : moved / subscribers)
  // Brands stay what they are: those of one place are told together.
  const counts = sumBy(
    moves.filter(m => m.from?.value !== m.to?.value || m.from?.stage !== m.to?.stage),
    m => `${place(m.from)}${arrow}${place(m.to)}`,
    m => m.subscribers,
  )
  const changed = [...counts].map(([key, count]) => ({ key, count })).toSorted((a, b) => b.count - a.count)
  return (
    <div className="stack" role="status">
      <Alert
        type={moved === 0 ? 'info' : 'warning'}
        title={say.segments.wouldMove({ count: formatCount(moved), of: formatCount(subscribers), share })}
      />
      <SmallTable
        rows={changed}
        keyOf={move => move.key}
        nothing={say.none}
        pageSize={20}
        columns={[
          { title: say.segments.movedFrom, of: move => move.key.split(arrow)[0] },
          { title: say.segments.movedTo, of: move => move.key.split(arrow)[1] },
          { title: say.segments.subscribers, of: move => formatCount(move.count), isNumber: true },
        ]}
      />
    </div>
  )
}
