import type { ReactNode } from 'react'

interface PageProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A screen: one heading, what stands beside it, and the rest. */
export function Page({ title, aside, children }: PageProps) {
  return (
    <div className="page">
      <div className="page-head">
        <h1>{title}</h1>
        {aside}
      </div>
      {children}
    </div>
  )
}

export type Fact = readonly [label: string, value: ReactNode]

interface FactsProps {
  readonly rows: readonly Fact[]
}

/** Labels and values; one without a value is left out. */
export function Facts({ rows }: FactsProps) {
  const known = rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
  return (
    <dl className="facts">
      {known.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
