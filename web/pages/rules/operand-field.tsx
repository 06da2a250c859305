import { Button, DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { useSay } from '../../say/use-say.ts'
import { formatUnit } from '../../ui/format.ts'
import type { Factor, Literal, Operand, Parameter } from './draft.ts'

interface LiteralFieldProps {
  readonly label: string
  readonly factor: Pick<Factor, 'type' | 'unit' | 'values'>
  readonly value: Literal | null
  readonly onChange: (value: Literal | null) => void
}

/** How many of what is kept make one of what is typed: money is kept in fen and typed in yuan. */
const perTyped: Readonly<Record<string, number>> = { fen: 100, share: 0.01, KiB: 1024 }

/** A value of the factor's type, in the unit in which people read it. */
export function LiteralField(props: LiteralFieldProps) {
  const { label, factor, value, onChange } = props
  switch (factor.type) {
    case 'date':
      return (
        <DatePicker
          aria-label={label}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={day => onChange(day === null ? null : day.format('YYYY-MM-DD'))}
        />
      )
    case 'text':
    case 'list':
    case 'flag':
      return <TextField {...props} />
    case 'number':
    case 'integer':
    case 'money':
      return <NumberField {...props} />
  }
}

function TextField({ label, factor, value, onChange }: LiteralFieldProps) {
  const { pick } = useSay()
  if (factor.values !== null && factor.type === 'text')
    return (
      <Select<string>
        aria-label={label}
        style={{ minWidth: 120 }}
        value={value === null ? null : String(value)}
        options={factor.values.map(v => ({ value: v.code, label: pick(v.title) }))}
        onChange={onChange}
      />
    )
  return (
    <Input
      aria-label={label}
      style={{ width: 160 }}
      value={value === null ? '' : String(value)}
      onChange={event => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}

function NumberField({ label, factor, value, onChange }: LiteralFieldProps) {
  const { say } = useSay()
  const { type } = factor
  const [above = ''] = (factor.unit ?? (type === 'money' ? 'fen' : '')).split('/')
  const per = perTyped[above] ?? 1
  const unit = { share: '%', KiB: 'MB' }[above] ?? formatUnit(factor.unit, say)
  return (
    <InputNumber<number>
      aria-label={label}
      style={{ width: 150 }}
      value={typeof value === 'number' ? exact(value / per) : null}
      onChange={typed => onChange(typed === null ? null : kept(typed * per, type))}
      suffix={unit}
    />
  )
}

/** Without what floating point adds behind the twelfth digit. */
function exact(value: number): number {
  return Number(value.toPrecision(12))
}

function kept(value: number, type: Factor['type']): number {
  return type === 'money' || type === 'integer' ? Math.round(value) : exact(value)
}

interface OperandFieldProps {
  readonly label: string
  readonly factor: Factor
  readonly operand: Operand
  readonly parameters: readonly Parameter[]
  readonly onChange: (operand: Operand) => void
  /** Makes a parameter of it, or a value again. */
  readonly onTurn: () => void
}

/** One value of a comparison: typed, counted from the as-of day, or a parameter. */
export function OperandField({ label, factor, operand, parameters, onChange, onTurn }: OperandFieldProps) {
  const { say, pick } = useSay()
  const words = say.compose
  const isOrdered = ['number', 'integer', 'money', 'date'].includes(factor.type)
  const isFixed = operand.is === 'value' && operand.value === null
  const named = operand.is === 'parameter' ? parameters.find(p => p.id === operand.id) : undefined
  return (
    <span className="row">
      {factor.type === 'date' && operand.is !== 'parameter' ? (
        <Select<'value' | 'days'>
          aria-label={words.dayKind}
          value={operand.is}
          options={[
            { value: 'value', label: words.day },
            { value: 'days', label: words.days },
          ]}
          onChange={is => onChange(is === 'days' ? { is, days: null } : { is, value: null })}
        />
      ) : null}
      {operand.is === 'value' ? (
        <LiteralField
          label={label}
          factor={factor}
          value={operand.value}
          onChange={value => onChange({ is: 'value', value })}
        />
      ) : null}
      {operand.is === 'days' ? (
        <InputNumber<number>
          aria-label={words.days}
          precision={0}
          value={operand.days}
          onChange={days => onChange({ is: 'days', days })}
        />
      ) : null}
      {operand.is === 'parameter' ? (
        <code>{named === undefined ? operand.id : pick(named.title)}</code>
      ) : null}
      {isOrdered && operand.is !== 'days' && !isFixed ? (
        <Button size="small" type="link" onClick={onTurn}>
          {operand.is === 'parameter' ? words.makeValue : words.makeParameter}
        </Button>
      ) : null}
    </span>
  )
}
