/** Units as powers of base units: fen/day is {fen: 1, day: -1}; a share, so many times, or no unit, is {}. */
export type Unit = Readonly<Record<string, number>>

const bases = new Set(['fen', 's', 'min', 'KiB', 'count', 'day', 'month', 'year'])

/** Undefined when the text names no known unit. */
export function parseUnit(text: string | undefined): Unit | undefined {
  if (text === undefined || text === '' || text === 'share' || text === 'times') return {}
  const [above = '', ...below] = text.split('/')
  const factors = [...(above === '1' ? [] : [[above, 1] as const]), ...below.map(b => [b, -1] as const)]
  if (factors.some(([name]) => !bases.has(name))) return undefined
  return factors.reduce<Unit>((unit, [name, power]) => times(unit, { [name]: power }), {})
}

export function times(a: Unit, b: Unit): Unit {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  const powers = names.map(n => [n, (a[n] ?? 0) + (b[n] ?? 0)] as const)
  return Object.fromEntries(powers.filter(([, power]) => power !== 0))
}

export function over(a: Unit, b: Unit): Unit {
  return times(a, Object.fromEntries(Object.entries(b).map(([name, power]) => [name, -power])))
}

export function sameUnit(a: Unit, b: Unit): boolean {
  return Object.keys(over(a, b)).length === 0
}

/** fen/day; the empty text for no unit. */
export function unitText(unit: Unit): string {
  const spread = (sign: 1 | -1) =>
    Object.entries(unit).flatMap(([name, power]) => Array<string>(Math.max(0, power * sign)).fill(name))
  const above = spread(1)
  const below = spread(-1)
  if (above.length === 0 && below.length === 0) return ''
  return [above.length === 0 ? '1' : above.join('*'), ...below].join('/')
}
