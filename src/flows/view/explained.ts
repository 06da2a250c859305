/** A condition with the outcome of each of its parts. */
export interface Explained {
  readonly text: string
  readonly held: boolean
  readonly shown?: string
  readonly parts: readonly Explained[]
}

/** The tree as indented lines: ✓ what holds, ✗ what does not, with the value it met. */
export function explainedLines(node: Explained, depth = 0): string[] {
  const met = node.shown === undefined ? '' : `   [${node.shown}]`
  const line = `${'  '.repeat(depth)}${node.held ? '✓' : '✗'} ${node.text}${met}`
  return [line, ...node.parts.flatMap(part => explainedLines(part, depth + 1))]
}
