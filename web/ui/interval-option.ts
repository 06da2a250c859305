import type { EChartsCoreOption } from 'echarts/core'
import { hues, ink } from './theme.ts'

export interface IntervalRow {
  readonly name: string
  readonly difference: number
  readonly low: number
  readonly high: number
  /** Whether the interval leaves out zero. */
  readonly isClear: boolean
}

interface DrawApi {
  readonly value: (dimension: number) => number
  readonly coord: (point: readonly [number, number]) => [number, number]
}

const clear = hues[0]
const unclear = ink.zero

/** A whisker from low to high with a dot at the difference, in pixels. */
function whisker(rows: readonly IntervalRow[], params: { readonly dataIndex: number }, api: DrawApi) {
  const row = rows[params.dataIndex]
  if (row === undefined) return null
  const [x1, y] = api.coord([row.low, params.dataIndex])
  const [x2] = api.coord([row.high, params.dataIndex])
  const [x] = api.coord([row.difference, params.dataIndex])
  const color = row.isClear ? clear : unclear
  const stroke = { stroke: color, lineWidth: 2 }
  const tick = (at: number) => ({
    type: 'line',
    shape: { x1: at, y1: y - 5, x2: at, y2: y + 5 },
    style: stroke,
  })
  return {
    type: 'group',
    children: [
      { type: 'line', shape: { x1, y1: y, x2, y2: y }, style: stroke },
      tick(x1),
      tick(x2),
      { type: 'circle', shape: { cx: x, cy: y, r: 5 }, style: { fill: color } },
    ],
  }
}

export function intervalOption(rows: readonly IntervalRow[]): EChartsCoreOption {
  return {
    grid: { left: 8, right: 24, top: 12, bottom: 8, outerBoundsMode: 'same' },
    xAxis: {
      type: 'value',
      // Zero is always in the picture: a difference means nothing without it.
      min: (span: { min: number }) => Math.floor(Math.min(0, span.min)),
      max: (span: { max: number }) => Math.ceil(Math.max(0, span.max)),
      axisLabel: { color: ink.faint },
      splitLine: { lineStyle: { color: ink.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(r => r.name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: ink.text, width: 240, overflow: 'truncate' },
    },
    series: [
      {
        type: 'custom',
        renderItem: (params: { readonly dataIndex: number }, api: DrawApi) => whisker(rows, params, api),
        encode: { x: [0, 1, 2], y: 3 },
        data: rows.map((r, i) => [r.difference, r.low, r.high, i]),
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: ink.text, type: 'dashed' },
          data: [{ xAxis: 0 }],
        },
      },
    ],
  }
}
