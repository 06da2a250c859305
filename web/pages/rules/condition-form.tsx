import { Button, Checkbox, Select } from 'antd'
import { useSay } from '../../say/use-say.ts'
import {
  type Comparison,
  emptyComparison,
  emptyGroup,
  type Factor,
  type Group,
  type Op,
  type Operand,
  ofFactor,
  operandsOf,
  opsFor,
  type Parameter,
  type Part,
  type Turn,
  withOp,
} from './draft.ts'
import { OperandField } from './operand-field.tsx'

/** What every part of the form needs to know and to tell. */
export interface Writing {
  readonly factors: ReadonlyMap<string, Factor>
  readonly parameters: readonly Parameter[]
  readonly change: (key: string, by: (part: Part) => Part | null) => void
  readonly turn: (comparison: Comparison, nth: number) => void
}

interface GroupFormProps {
  readonly group: Group
  readonly writing: Writing
  readonly isRoot: boolean
  readonly onChange: (group: Group) => void
}

/** A group of conditions: all of them, any of them, or not. */
export function GroupForm({ group, writing, isRoot, onChange }: GroupFormProps) {
  const { say } = useSay()
  const words = say.compose
  const add = (part: Part) => onChange({ ...group, parts: [...group.parts, part] })
  return (
    <fieldset className="rule-group">
      <legend className="skip">{words.join}</legend>
      <div className="row">
        {isRoot ? null : (
          <Checkbox
            checked={group.isNot}
            onChange={event => onChange({ ...group, isNot: event.target.checked })}
          >
            {words.isNot}
          </Checkbox>
        )}
        {isRoot ? null : (
          <Select<Turn | 'now'>
            aria-label={words.turn}
            value={group.turn ?? 'now'}
            popupMatchSelectWidth={false}
            options={(['now', 'entered', 'left'] as const).map(value => ({
              value,
              label: words.turns[value],
            }))}
            onChange={turn => onChange({ ...group, turn: turn === 'now' ? null : turn })}
          />
        )}
        <Select<'all' | 'any'>
          aria-label={words.join}
          value={group.join}
          options={[
            { value: 'all', label: words.joins.all },
            { value: 'any', label: words.joins.any },
          ]}
          onChange={join => onChange({ ...group, join })}
        />
        <Button size="small" onClick={() => add(emptyComparison())}>
          {words.addComparison}
        </Button>
        <Button size="small" onClick={() => add(emptyGroup())}>
          {words.addGroup}
        </Button>
        {isRoot ? null : (
          <Button size="small" type="text" onClick={() => writing.change(group.key, () => null)}>
            {words.removeGroup}
          </Button>
        )}
      </div>
      {group.parts.map(part =>
        part.kind === 'group' ? (
          <GroupForm
            key={part.key}
            group={part}
            writing={writing}
            isRoot={false}
            onChange={next => writing.change(part.key, () => next)}
          />
        ) : (
          <ComparisonForm key={part.key} comparison={part} writing={writing} />
        ),
      )}
    </fieldset>
  )
}

interface ComparisonFormProps {
  readonly comparison: Comparison
  readonly writing: Writing
}

function ComparisonForm({ comparison, writing }: ComparisonFormProps) {
  const { say } = useSay()
  const words = say.compose
  const factor = comparison.factor === null ? undefined : writing.factors.get(comparison.factor)
  const put = (next: Comparison) => writing.change(comparison.key, () => next)
  return (
    <div className="row rule-comparison">
      <FactorField
        factors={writing.factors}
        chosen={comparison.factor}
        onChoose={id => {
          const found = writing.factors.get(id)
          if (found !== undefined) put(ofFactor(comparison, found))
        }}
      />
      {factor === undefined ? null : (
        <Select<Op>
          aria-label={words.op}
          value={comparison.op}
          style={{ minWidth: 110 }}
          popupMatchSelectWidth={false}
          options={opsFor(factor.type).map(op => ({ value: op, label: words.ops[op] }))}
          onChange={op => put(withOp(comparison, op))}
        />
      )}
      {factor === undefined ? null : (
        <OperandFields comparison={comparison} factor={factor} writing={writing} put={put} />
      )}
      <Button size="small" type="text" onClick={() => writing.change(comparison.key, () => null)}>
        {words.remove}
      </Button>
    </div>
  )
}

interface OperandFieldsProps extends ComparisonFormProps {
  readonly factor: Factor
  readonly put: (next: Comparison) => void
}

function OperandFields({ comparison, factor, writing, put }: OperandFieldsProps) {
  const { say, pick } = useSay()
  const words = say.compose
  const shape = comparison.op === null ? 'none' : operandsOf(comparison.op)
  if (shape === 'none') return null
  if (shape === 'many')
    return (
      <Select<string[]>
        mode="tags"
        aria-label={words.value}
        style={{ minWidth: 200 }}
        value={comparison.operands.flatMap(o =>
          o.is === 'value' && o.value !== null ? [String(o.value)] : [],
        )}
        options={(factor.values ?? []).map(v => ({ value: v.code, label: pick(v.title) }))}
        onChange={codes =>
          put({
            ...comparison,
            operands: (codes.length === 0 ? [null] : codes).map(value => ({ is: 'value', value })),
          })
        }
      />
    )
  const replaced = (nth: number, operand: Operand) =>
    put({ ...comparison, operands: comparison.operands.map((o, i) => (i === nth ? operand : o)) })
  const labels = shape === 'range' ? [words.rangeFrom, words.rangeTo] : [words.value]
  return labels.map((label, nth) => (
    <OperandField
      key={label}
      label={label}
      factor={factor}
      operand={comparison.operands[nth] ?? { is: 'value', value: null }}
      parameters={writing.parameters}
      onChange={operand => replaced(nth, operand)}
      onTurn={() => writing.turn(comparison, nth)}
    />
  ))
}

interface FactorFieldProps {
  readonly factors: ReadonlyMap<string, Factor>
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** Found by name, meaning or code, in either language. */
function FactorField({ factors, chosen, onChoose }: FactorFieldProps) {
  const { say, pick } = useSay()
  const words = say.compose
  return (
    <Select<string>
      aria-label={words.factor}
      placeholder={words.findFactor}
      value={chosen}
      showSearch={{
        filterOption: (typed, option) => String(option?.['found'] ?? '').includes(typed.trim().toLowerCase()),
      }}
      style={{ width: 280 }}
      popupMatchSelectWidth={420}
      options={[...factors.values()].map(f => ({
        value: f.id,
        label: f.off === null ? pick(f.title) : `${pick(f.title)}（${words.off}）`,
        title: pick(f.means),
        found: [f.id, f.title.zh, f.title.en, f.means.zh, f.means.en].join(' ').toLowerCase(),
      }))}
      onChange={onChoose}
    />
  )
}
