import {
  type Comparison,
  changed,
  comparisonsIn,
  type Draft,
  type Factor,
  type Operand,
  type Parameter,
} from './draft.ts'

/** The draft with one value made a parameter, or a parameter made a value again. */
export function turned(
  draft: Draft,
  comparison: Comparison,
  nth: number,
  factors: ReadonlyMap<string, Factor>,
): Draft {
  const operand = comparison.operands[nth]
  const factor = factors.get(comparison.factor ?? '')
  if (operand === undefined || factor === undefined) return draft
  const put = (next: Operand) => ({
    ...comparison,
    operands: comparison.operands.map((o, i) => (i === nth ? next : o)),
  })
  if (operand.is === 'parameter') {
    const known = draft.parameters.find(p => p.id === operand.id)
    const root = changed(draft.root, comparison.key, () =>
      put({ is: 'value', value: known?.default ?? null }),
    )
    return { ...draft, root, parameters: draft.parameters.filter(p => isUsed(root, p)) }
  }
  if (operand.is !== 'value' || operand.value === null) return draft
  const parameter = parameterFor(factor, operand.value, draft.parameters)
  const next = put({ is: 'parameter', id: parameter.id, inDays: false })
  return {
    ...draft,
    root: changed(draft.root, comparison.key, () => next),
    parameters: [...draft.parameters, parameter],
  }
}

function isUsed(root: Draft['root'], { id }: Parameter): boolean {
  return comparisonsIn(root).some(c => c.operands.some(o => o.is === 'parameter' && o.id === id))
}

/** Named after its factor, of its type and in its unit. */
function parameterFor(factor: Factor, value: number | string, taken: readonly Parameter[]): Parameter {
  const base = factor.id.slice(0, 58)
  const ids = new Set(taken.map(p => p.id))
  let id = base
  for (let nth = 2; ids.has(id); nth++) id = `${base}_${nth}`
  return {
    id,
    title: factor.title,
    type: typeOf(factor),
    unit: factor.unit,
    default: value,
    min: null,
    max: null,
  }
}

function typeOf({ type }: Factor): Parameter['type'] {
  return type === 'list' || type === 'flag' ? 'text' : type
}
