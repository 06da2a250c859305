import { Button, Card, Checkbox, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { Body, Reply } from '#wire'
import { FaultNote } from '../../answer.tsx'
import { call, useReply } from '../../api.ts'
import { useSay } from '../../say/use-say.ts'
import { formatCount } from '../../ui/format.ts'
import { SmallTable } from '../../ui/small-table.tsx'
import { liftSaid, shareSaid } from './fared.ts'
import { TestedThresholds } from './tested-thresholds.tsx'

type Tested = Reply<'backtestDraft'>
type What = Tested['what']

/** How a draft would have fared on past mornings; asked for, as it reads much. */
export function Backtest({ asked }: { readonly asked: Body<'countDraft'> }) {
  const { say, pick } = useSay()
  const words = say.backtest
  const rules = useReply('listRules')
  const [what, setWhat] = useState<What>('left')
  const [days, setDays] = useState(30)
  const [against, setAgainst] = useState<string | null>(null)
  const [vary, setVary] = useState(false)
  const [found, setFound] = useState<Tested>()
  const [error, setError] = useState<unknown>(null)
  const [isAsking, setAsking] = useState(false)
  const [isVaried, setVaried] = useState(false)
  const ask = async () => {
    setAsking(true)
    setError(null)
    setFound(undefined)
    setVaried(vary)
    try {
      const more = against === null ? {} : { against }
      setFound(await call('backtestDraft', { body: { ...asked, what, withinDays: days, vary, ...more } }))
    } catch (fault) {
      setError(fault)
    }
    setAsking(false)
  }
  const inForce = (rules.data?.rules ?? []).filter(r => r.life === 'active')
  return (
    <Card size="small" title={<h2>{words.title}</h2>}>
      <p className="faint small">{words.means}</p>
      <div className="row">
        <Select<What>
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
          suffix={say.units.day}
          value={days}
          onChange={value => setDays(value ?? 30)}
        />
        <Select<string>
          aria-label={words.against}
          placeholder={words.against}
          allowClear
          style={{ minWidth: 200 }}
          value={against}
          options={inForce.map(r => ({ value: r.id, label: pick(r.title) }))}
          onChange={(id: string | undefined) => setAgainst(id ?? null)}
        />
        <Checkbox checked={vary} onChange={event => setVary(event.target.checked)}>
          {words.vary}
        </Checkbox>
        <Button loading={isAsking} onClick={() => void ask()}>
          {words.ask}
        </Button>
      </div>
      {error === null ? null : <FaultNote error={error} />}
      {found === undefined ? null : <TestedTable found={found} />}
      {found === undefined || !isVaried ? null : <TestedThresholds thresholds={found.thresholds} />}
    </Card>
  )
}

interface Line {
  readonly name: string
  readonly fared: Tested['all']['own']
}

function TestedTable({ found }: { readonly found: Tested }) {
  const { say, pick } = useSay()
  const words = say.backtest
  const { against, all } = found
  const held = found.months.flatMap(m => (m.held === null ? [] : [{ day: m.asOf, why: m.held }]))
  const mornings = [...found.months.map(m => ({ name: m.asOf, ...m })), { name: words.together, ...all }]
  const rows = mornings.flatMap((m): Line[] => [
    { name: m.name, fared: m.own },
    ...(against === null ? [] : [{ name: `${m.name} · ${pick(against.title)}`, fared: m.other }]),
  ])
  return (
    <div className="stack switched" role="status">
      <SmallTable
        rows={rows}
        keyOf={row => row.name}
        nothing={say.none}
        pageSize={50}
        columns={[
          { title: words.morning, of: row => row.name },
          { title: words.precision, of: row => row.fared && shareSaid(row.fared.precision), isNumber: true },
          { title: words.recall, of: row => row.fared && shareSaid(row.fared.recall), isNumber: true },
          { title: words.base, of: row => row.fared && shareSaid(row.fared.base), isNumber: true },
          {
            title: words.lift,
            of: row => (row.fared === null ? '—' : liftSaid(row.fared)),
            isNumber: true,
          },
        ]}
      />
      {held.map(({ day, why }) => (
        <p key={day}>
          {day} · {words.held({ why: pick(why) })}
        </p>
      ))}
      {all.more === null || all.fewer === null ? null : (
        <p>{words.moreFewer({ more: formatCount(all.more), fewer: formatCount(all.fewer) })}</p>
      )}
    </div>
  )
}
