import { useMemo } from 'react'
import { Chart } from './chart.tsx'
import { type IntervalRow, intervalOption } from './interval-option.ts'

interface IntervalPictureProps {
  readonly label: string
  readonly rows: readonly IntervalRow[]
}

/** Each row's difference as a dot with its interval as a bar, against the line of no difference. */
export function IntervalPicture({ label, rows }: IntervalPictureProps) {
  const option = useMemo(() => intervalOption(rows), [rows])
  return <Chart label={label} option={option} height={70 + rows.length * 42} />
}
