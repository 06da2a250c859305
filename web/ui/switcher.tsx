import { Button } from 'antd'
import { type ReactNode, useState } from 'react'

export interface Side {
  readonly key: string
  readonly label: string
  readonly content: ReactNode
}

interface SwitcherProps {
  readonly label: string
  readonly sides: readonly Side[]
}

/** Shows one of several contents. Buttons wrap where tabs would hide behind a menu. */
export function Switcher({ label, sides }: SwitcherProps) {
  const [chosen, choose] = useState(sides[0]?.key)
  const shown = sides.find(side => side.key === chosen) ?? sides[0]
  return (
    <>
      <fieldset className="choices" aria-label={label}>
        {sides.map(side => (
          <Button
            key={side.key}
            size="small"
            aria-pressed={side.key === shown?.key}
            type={side.key === shown?.key ? 'primary' : 'default'}
            onClick={() => choose(side.key)}
          >
            {side.label}
          </Button>
        ))}
      </fieldset>
      <div className="switched">{shown?.content}</div>
    </>
  )
}
