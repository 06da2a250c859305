import { Card } from 'antd'
import { useSay } from '../../say/use-say.ts'
import type { Literal, Parameter } from './draft.ts'
import { LiteralField } from './operand-field.tsx'

interface ParameterFormProps {
  readonly parameters: readonly Parameter[]
  readonly onChange: (parameters: readonly Parameter[]) => void
}

/** The thresholds that have a name: their value, and the limits within which it may be turned. */
export function ParameterForm({ parameters, onChange }: ParameterFormProps) {
  const { say, pick } = useSay()
  const words = say.compose
  const put = (id: string, change: Partial<Parameter>) =>
    onChange(parameters.map(p => (p.id === id ? { ...p, ...change } : p)))
  return (
    <Card size="small" title={<h2>{words.parameters}</h2>}>
      <p className="faint small">{words.parametersMeans}</p>
      {parameters.length === 0 ? <span className="faint">{words.noParameters}</span> : null}
      {parameters.map(p => {
        const field = (label: string, value: Literal | null, change: (value: Literal | null) => void) => (
          <span className="row">
            <span className="faint small">{label}</span>
            <LiteralField
              label={`${pick(p.title)} ${label}`}
              factor={{ type: p.type, unit: p.unit, values: null }}
              value={value}
              onChange={change}
            />
          </span>
        )
        return (
          <fieldset key={p.id} className="choices">
            <legend>
              {pick(p.title)} <code>{p.id}</code>
            </legend>
            {field(words.value, p.default, value => {
              if (value !== null) put(p.id, { default: value })
            })}
            {field(words.min, p.min, min => put(p.id, { min }))}
            {field(words.max, p.max, max => put(p.id, { max }))}
          </fieldset>
        )
      })}
    </Card>
  )
}
