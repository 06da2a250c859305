import { Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { Night } from '#wire'
import { useSay } from '../say/use-say.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { SmallTable } from '../ui/small-table.tsx'

type Suspect = Night['suspects'][number]

const tones: Readonly<Record<Suspect['verdict'], Tone>> = { warn: 'warn', suspect: 'bad' }

/** The factors that did not pass their checks, and why. What depends on a suspect one is held. */
export function SuspectFactors({ suspects }: { readonly suspects: readonly Suspect[] }) {
  const { say, pick } = useSay()
  return (
    <Card size="small" title={<h2>{say.night.suspects}</h2>}>
      <SmallTable
        rows={suspects}
        keyOf={factor => factor.id}
        nothing={say.night.noSuspects}
        pageSize={10}
        columns={[
          {
            title: say.night.factor,
            of: factor => (
              <Link to="/factors" search={{ q: factor.id }}>
                {pick(factor.title)}
              </Link>
            ),
          },
          {
            title: say.night.verdict,
            of: factor => (
              <Badge tone={tones[factor.verdict]}>{say.night.factorVerdicts[factor.verdict]}</Badge>
            ),
          },
          { title: say.reason, of: factor => pick(factor.reason) },
        ]}
      />
    </Card>
  )
}
