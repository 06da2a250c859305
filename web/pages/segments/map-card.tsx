import { getRouteApi } from '@tanstack/react-router'
import { Card, Select } from 'antd'
import { useMemo } from 'react'
import type { SegmentMap } from '#wire'
import { useSay } from '../../say/use-say.ts'
import { segmentSearch } from '../../search.ts'
import { Chart } from '../../ui/chart.tsx'
import { formatFen } from '../../ui/format.ts'
import { type Cell, codesOn, pair, sumBy, unknownClass } from './cells.ts'
import { CountTable } from './count-table.tsx'
import { type HeatCell, heatOption } from './heat-option.ts'
import { useClassName } from './use-class-name.ts'

const route = getRouteApi('/frame/segments')

/** The map as a picture and as a table: each count leads to whom it counts. */
export function MapCard({ map }: { readonly map: SegmentMap }) {
  const { say, pick } = useSay()
  const { brand } = route.useSearch()
  const navigate = route.useNavigate()
  const cells = useMemo(
    () => map.cells.filter(c => brand === undefined || (c.brand ?? unknownClass) === brand),
    [map, brand],
  )
  const brands = codesOn(
    map.brand.classes,
    map.cells.map(c => c.brand),
  )
  const nameOf = (code: string) => (code === unknownClass ? pick(map.brand.missing) : code)
  const choice = (
    <Select<string>
      aria-label={say.segments.brand}
      placeholder={say.segments.brand}
      allowClear
      style={{ width: 180 }}
      value={brand ?? null}
      options={brands.map(code => ({ value: code, label: nameOf(code) }))}
      onChange={chosen =>
        void navigate({ search: ({ day, from }) => segmentSearch({ day, from, brand: chosen }) })
      }
    />
  )
  return (
    <Card size="small" title={<h2>{say.segments.cells}</h2>} extra={choice}>
      <Picture map={map} cells={cells} />
      <MapTable map={map} cells={cells} brand={brand} />
    </Card>
  )
}

interface Heat {
  readonly columns: readonly string[]
  readonly rows: readonly string[]
  readonly all: readonly HeatCell[]
}

interface CellsProps {
  readonly map: SegmentMap
  readonly cells: readonly Cell[]
}

function Picture({ map, cells }: CellsProps) {
  const { say } = useSay()
  const nameOf = useClassName()
  const values = codesOn(
    map.value.classes,
    cells.map(c => c.value),
  )
  const stages = codesOn(
    map.stage.classes,
    cells.map(c => c.stage),
  )
  const columns = stages.map(code => nameOf(map.stage, code))
  const rows = values.map(code => nameOf(map.value, code))
  const counts = sumBy(
    cells,
    c => pair(c.value, c.stage),
    c => c.subscribers,
  )
  const all = values.flatMap((value, row) =>
    stages.map((stage, column) => ({ row, column, count: counts.get(pair(value, stage)) ?? 0 })),
  )
  // As text, so that it is drawn anew only when something in it differs.
  const drawn = JSON.stringify({ columns, rows, all } satisfies Heat)
  const option = useMemo(() => {
    const heat: Heat = JSON.parse(drawn)
    return heatOption(heat.columns, heat.rows, heat.all)
  }, [drawn])
  return <Chart label={say.segments.picture} option={option} height={50 + rows.length * 56} />
}

function MapTable({ map, cells, brand }: CellsProps & { readonly brand: string | undefined }) {
  const { say } = useSay()
  const nameOf = useClassName()
  const values = codesOn(
    map.value.classes,
    cells.map(c => c.value),
  )
  const stages = codesOn(
    map.stage.classes,
    cells.map(c => c.stage),
  )
  const counts = sumBy(
    cells,
    c => pair(c.value, c.stage),
    c => c.subscribers,
  )
  const amounts = sumBy(
    cells,
    c => c.value ?? unknownClass,
    c => c.amountFen,
  )
  const begins = (code: string) => map.value.classes.find(c => c.code === code)?.fromFen ?? null
  return (
    <CountTable
      corner={say.segments.value}
      columns={stages.map(code => ({ code, title: nameOf(map.stage, code) }))}
      rows={values.map(code => {
        const from = begins(code)
        return {
          code,
          title: nameOf(map.value, code),
          more: from === null ? undefined : say.segments.from({ amount: formatFen(Math.round(from)) }),
          aside: formatFen(amounts.get(code) ?? 0),
        }
      })}
      aside={say.segments.amount}
      total={formatFen(cells.reduce((sum, c) => sum + c.amountFen, 0))}
      countOf={(value, stage) => counts.get(pair(value, stage)) ?? 0}
      searchOf={(value, stage) => ({
        day: map.asOf,
        ...(value === undefined ? {} : { value }),
        ...(stage === undefined ? {} : { stage }),
        ...(brand === undefined ? {} : { brand }),
      })}
    />
  )
}
