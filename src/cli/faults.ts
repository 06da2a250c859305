import { type Fault, FaultError } from '#kernel'

export function sessionUnnamed(): Fault<'usage.session-unnamed'> {
  return {
    code: 'usage.session-unnamed',
    en: 'say which session: its id, or --staff for all of one person',
    zh: '请指明会话：给出会话标识，或用 --staff 指定一名员工的全部会话',
  }
}

export function notConfirmed(): Fault<'usage.not-confirmed'> {
  return {
    code: 'usage.not-confirmed',
    en: 'nothing was done: this needs a yes, or --yes on the command line',
    zh: '未执行：需要确认，或在命令行加 --yes',
  }
}

export function endMalformed(): Fault<'usage.end-malformed'> {
  return {
    code: 'usage.end-malformed',
    en: 'an end of the chain is written position:hash, as audit verify prints it',
    zh: '链尾应写作 序号:校验值，如 audit verify 所示',
  }
}

interface FaultyLine {
  readonly line: number
  readonly column: string | null
  readonly fault: Fault
}

/** Every wrong line of a file is a fault of its own, with where it is. */
export function stopAtFaulty(faulty: readonly FaultyLine[]): void {
  const [first, ...rest] = faulty.map(({ line, column, fault }) => ({
    ...fault,
    at: { line, ...(column === null ? {} : { column }) },
  }))
  if (first !== undefined) throw new FaultError(first, ...rest)
}
