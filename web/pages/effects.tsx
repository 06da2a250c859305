import { Segmented, Table, type TableColumnsType } from 'antd'
import { useMemo, useState } from 'react'
import type { Effect, EffectVerdict, Reply } from '#wire'
import { Answer } from '../answer.tsx'
import { useReply } from '../api.ts'
import { useSay } from '../say/use-say.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { formatCount, formatPoints, formatShare } from '../ui/format.ts'
import { IntervalPicture } from '../ui/interval-picture.tsx'
import { Page } from '../ui/page.tsx'
import { Nothing } from '../ui/states.tsx'
import { intervalRows } from './interval-rows.ts'
import { TermHint } from './term-hint.tsx'

const tones: Readonly<Record<EffectVerdict, Tone>> = {
  better: 'good',
  worse: 'bad',
  unclear: 'calm',
  'too-little': 'calm',
}

type Against = 'own' | 'universal'

/** Did it work? Those contacted against those kept aside, for each rule, campaign and list. */
export function EffectsPage() {
  const { say } = useSay()
  const [against, setAgainst] = useState<Against>('own')
  const effects = useReply('listEffects', { query: { against } })
  return (
    <Page title={say.effects.title}>
      <p className="faint">{say.effects.intro}</p>
      <div className="row">
        <Segmented<Against>
          aria-label={say.effects.against}
          value={against}
          options={(['own', 'universal'] as const).map(value => ({
            value,
            label: say.effects.groups[value],
          }))}
          onChange={setAgainst}
        />
        <span className="faint small grow">{say.effects.groupsMean[against]}</span>
      </div>
      <Answer to={effects}>{reply => <EffectTable reply={reply} />}</Answer>
    </Page>
  )
}

function EffectTable({ reply }: { readonly reply: Reply<'listEffects'> }) {
  const { say, language } = useSay()
  const columns = useColumns()
  const picture = useMemo(() => intervalRows(reply.rows, language), [reply.rows, language])
  return (
    <div className="stack">
      {reply.windowDays === null ? null : (
        <span className="faint">{say.effects.window({ days: reply.windowDays })}</span>
      )}
      {picture.length === 0 ? null : (
        <section className="panel">
          <h2>{say.effects.picture}</h2>
          <IntervalPicture label={say.effects.picture} rows={picture} />
        </section>
      )}
      <Table<Effect>
        size="small"
        rowKey={row => `${row.ruleId}/${row.measure.code}`}
        columns={columns}
        dataSource={[...reply.rows]}
        pagination={false}
        locale={{ emptyText: <Nothing title={say.effects.none} /> }}
      />
    </div>
  )
}

function useColumns(): TableColumnsType<Effect> {
  const { say, pick } = useSay()
  const number = { align: 'right' as const, className: 'number nowrap' }
  const group = ({ successes, count, rate }: Effect['treated']) =>
    rate === null
      ? formatCount(count)
      : say.effects.group({
          successes: formatCount(successes),
          count: formatCount(count),
          rate: formatShare(rate),
        })
  return [
    { title: say.effects.rule, key: 'rule', render: (_, row) => pick(row.title) },
    { title: say.effects.measure, key: 'measure', render: (_, row) => pick(row.measure.title) },
    {
      title: <TermHint of="treated" text={say.effects.treated} />,
      key: 'treated',
      ...number,
      render: (_, row) => group(row.treated),
    },
    {
      title: <TermHint of="controlGroup" text={say.effects.control} />,
      key: 'control',
      ...number,
      render: (_, row) => group(row.control),
    },
    {
      title: say.effects.difference,
      key: 'difference',
      ...number,
      render: (_, row) =>
        row.differencePoints === null
          ? null
          : say.effects.points({ points: formatPoints(row.differencePoints) }),
    },
    {
      title: <TermHint of="interval" text={say.effects.interval} />,
      key: 'interval',
      ...number,
      render: (_, row) =>
        row.lowPoints === null || row.highPoints === null
          ? null
          : say.effects.span({ low: formatPoints(row.lowPoints), high: formatPoints(row.highPoints) }),
    },
    {
      title: say.effects.verdict,
      key: 'verdict',
      render: (_, row) => <Badge tone={tones[row.verdict]}>{say.effects.verdicts[row.verdict]}</Badge>,
    },
    { title: say.effects.pending, key: 'pending', ...number, render: (_, row) => formatCount(row.pending) },
  ]
}
