import { Link } from '@tanstack/react-router'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import type { Night } from '#wire'
import { useSay } from '../say/use-say.ts'
import { everyState } from '../search.ts'
import { formatCount } from '../ui/format.ts'
import { LevelBadge } from './level-badge.tsx'
import { TermHint } from './term-hint.tsx'
import { useMay } from './use-may.ts'

/** What came out of the night, in four figures. */
export function NightTiles({ night }: { readonly night: Night }) {
  const { say, pick } = useSay()
  const sum = (counts: readonly { readonly count: number }[]) => counts.reduce((all, c) => all + c.count, 0)
  const mayLook = useMay('task.look')
  const tasksOfDay = (
    <Link to="/tasks" search={{ day: night.day, state: everyState }}>
      {say.night.tasks}
    </Link>
  )
  return (
    <div className="tiles">
      <Tile
        title={<TermHint of="warning" text={say.night.warnings} />}
        figure={sum(night.warnings.filter(w => w.level !== 'stable'))}
      >
        {night.warnings.map(w => (
          <span key={w.level} className="nowrap">
            <LevelBadge level={w.level} /> {formatCount(w.count)}
          </span>
        ))}
      </Tile>
      <Tile title={<TermHint of="proposal" text={say.night.proposals} />} figure={night.proposals} />
      <Tile title={mayLook ? tasksOfDay : say.night.tasks} figure={sum(night.tasks)}>
        {night.tasks.map(t => (
          <span key={t.code} className="nowrap">
            {say.tasks.counted({ title: pick(t.title), count: formatCount(t.count) })}
          </span>
        ))}
      </Tile>
      <Tile title={say.night.heldCount} figure={night.held.length} />
    </div>
  )
}

interface TileProps {
  readonly title: ReactNode
  readonly figure: number
  readonly children?: ReactNode
}

function Tile({ title, figure, children }: TileProps) {
  return (
    <Card size="small">
      <div className="faint">{title}</div>
      <div className="figure">{formatCount(figure)}</div>
      <div className="row small">{children}</div>
    </Card>
  )
}
