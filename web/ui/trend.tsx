import { useMemo } from 'react'
import { Chart } from './chart.tsx'
import { hues, ink } from './theme.ts'

export interface Series {
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly as: 'line' | 'bar'
}

interface TrendProps {
  readonly label: string
  readonly at: readonly string[]
  /** One or two: the second has an axis of its own on the right. */
  readonly series: readonly Series[]
  readonly height?: number
}

/** How something went over months or days. A gap is a gap: missing is not zero. */
export function Trend({ label, at, series, height = 220 }: TrendProps) {
  const option = useMemo(
    () => ({
      color: hues,
      grid: { left: 8, right: 8, top: 34, bottom: 4, outerBoundsMode: 'same' },
      legend: { top: 0, textStyle: { color: ink.text } },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: [...at], axisLabel: { color: ink.faint, hideOverlap: true } },
      yAxis: series.map((_, i) => ({
        type: 'value',
        axisLabel: { color: ink.faint },
        splitLine: { show: i === 0, lineStyle: { color: ink.line } },
      })),
      series: series.map((s, i) => ({
        name: s.name,
        type: s.as,
        data: [...s.values],
        yAxisIndex: i,
        showSymbol: at.length <= 31,
        symbolSize: 4,
        barMaxWidth: 14,
        connectNulls: false,
      })),
    }),
    [at, series],
  )
  return <Chart label={label} option={option} height={height} />
}
