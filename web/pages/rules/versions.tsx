import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Card, Checkbox, Input } from 'antd'
import { useState } from 'react'
import type { Reply } from '#wire'
import { Answer, FaultNote } from '../../answer.tsx'
import { ApiFault, call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { formatMoment } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { useMay } from '../use-may.ts'

type Version = Reply<'listRuleVersions'>['versions'][number]

const tones: Readonly<Record<Version['state'], Tone>> = {
  draft: 'warn',
  waiting: 'busy',
  active: 'good',
  retired: 'calm',
}

/** Every version of a rule, and what may be done next. */
export function Versions({ id }: { readonly id: string }) {
  const { say, pick } = useSay()
  const words = say.ruleLife
  const mayChange = useMay('rule.change')
  const found = useReply('listRuleVersions', { parts: { id } })
  return (
    <Card size="small" title={<h2>{words.versions}</h2>}>
      <Answer to={found}>
        {({ versions }) => (
          <div className="stack">
            <SmallTable
              rows={versions}
              keyOf={v => String(v.version)}
              nothing={say.none}
              columns={[
                { title: words.version, of: v => v.version, isNumber: true },
                { title: say.state, of: v => <Badge tone={tones[v.state]}>{words.states[v.state]}</Badge> },
                {
                  title: say.rules.sentence,
                  of: v => (v.sentence === null ? words.unreadable : pick(v.sentence)),
                },
                { title: words.madeBy, of: v => (v.madeBy === null ? words.fromFile : pick(v.madeBy)) },
                { title: words.madeAt, of: v => (v.madeAt === null ? '' : formatMoment(v.madeAt)) },
              ]}
            />
            <Download id={id} />
            {mayChange ? <Acts id={id} versions={versions} /> : null}
          </div>
        )}
      </Answer>
    </Card>
  )
}

function Acts({ id, versions }: { readonly id: string; readonly versions: readonly Version[] }) {
  const { say } = useSay()
  const words = say.ruleLife
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [despite, setDespite] = useState(false)
  const [said, setSaid] = useState<string>()
  const [error, setError] = useState<unknown>(null)
  const isSurprising = error instanceof ApiFault && error.fault.code === 'rule.surprising'
  const act = async (work: () => Promise<string>) => {
    setSaid(undefined)
    setError(null)
    try {
      setSaid(await work())
      setReason('')
      await client.invalidateQueries()
    } catch (fault) {
      setError(fault)
    }
  }
  const ask = () =>
    act(async () => {
      const { approval } = await call('activateRule', { parts: { id }, body: { reason, despite } })
      return words.asked({ approval: String(approval) })
    })
  const retire = () =>
    act(async () => {
      const { version } = await call('retireRule', { parts: { id }, body: { reason } })
      return words.retired({ version: String(version) })
    })
  const has = (state: Version['state']) => versions.some(v => v.state === state)
  if (has('waiting')) return <Link to="/approvals">{words.waits}</Link>
  if (!has('draft') && !has('active')) return null
  return (
    <div className="stack">
      <div className="row">
        <Input
          aria-label={words.reason}
          placeholder={words.reason}
          style={{ maxWidth: 320 }}
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
        {has('draft') ? (
          <Button type="primary" disabled={reason.trim().length < 3} onClick={() => void ask()}>
            {words.ask}
          </Button>
        ) : null}
        <Button danger disabled={reason.trim().length < 3} onClick={() => void retire()}>
          {words.retire}
        </Button>
      </div>
      {isSurprising || despite ? (
        <Checkbox checked={despite} onChange={event => setDespite(event.target.checked)}>
          {words.despite}
        </Checkbox>
      ) : null}
      {error === null ? null : <FaultNote error={error} />}
      {said === undefined ? null : <p role="status">{said}</p>}
    </div>
  )
}

/** The rule as a file of the catalogue. */
function Download({ id }: { readonly id: string }) {
  const { say } = useSay()
  const [error, setError] = useState<unknown>(null)
  const save = async () => {
    try {
      const { yaml } = await call('writeRule', { parts: { id } })
      const address = URL.createObjectURL(new Blob([yaml], { type: 'application/yaml' }))
      const link = document.createElement('a')
      link.href = address
      link.download = `${id}.yaml`
      link.click()
      URL.revokeObjectURL(address)
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <div className="row">
      <Button onClick={() => void save()}>{say.ruleLife.download}</Button>
      {error === null ? null : <FaultNote error={error} />}
    </div>
  )
}
