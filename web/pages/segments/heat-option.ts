import type { EChartsCoreOption } from 'echarts/core'
import { formatCount } from '../../ui/format.ts'
import { ink } from '../../ui/theme.ts'

export interface HeatCell {
  readonly column: number
  readonly row: number
  readonly count: number
}

/** Paler than the ink of the numbers at its darkest, so that they can be read everywhere. */
const shades = ['#f7f9fc', '#dbe8f8', '#a9c8ec']

/** Counts in a grid, the more the darker. */
export function heatOption(
  columns: readonly string[],
  rows: readonly string[],
  cells: readonly HeatCell[],
): EChartsCoreOption {
  const axis = { type: 'category', axisTick: { show: false }, axisLine: { show: false } }
  const label = { color: ink.text, fontSize: 13 }
  return {
    grid: { left: 8, right: 8, top: 30, bottom: 4, outerBoundsMode: 'same' },
    xAxis: { ...axis, data: [...columns], position: 'top', axisLabel: label },
    yAxis: { ...axis, data: [...rows], inverse: true, axisLabel: label },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(1, ...cells.map(c => c.count)),
      inRange: { color: shades },
    },
    series: [
      {
        type: 'heatmap',
        data: cells.map(c => [c.column, c.row, c.count]),
        label: {
          show: true,
          color: ink.text,
          fontSize: 14,
          formatter: (p: { readonly value: readonly number[] }) => formatCount(p.value[2] ?? 0),
        },
        itemStyle: { borderColor: '#ffffff', borderWidth: 3 },
      },
    ],
  }
}
