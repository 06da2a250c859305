/** Something a person can act on: a stable code and one sentence in each language. Never a bug. */
export interface Fault<Code extends string = string> {
  readonly code: Code
  readonly en: string
  readonly zh: string
  /** Where it was found (file, line, feed, column …): plain data for machines, no personal data. */
  readonly at?: Readonly<Record<string, string | number>>
}

export type Result<T, F extends Fault = Fault> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: F }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function err<F extends Fault>(fault: F): { readonly ok: false; readonly fault: F } {
  return { ok: false, fault }
}

/** Carries faults up through code that streams or loops; a door turns it back into a value with `attempt`. */
export class FaultError extends Error {
  readonly faults: readonly Fault[]
  constructor(...faults: readonly [Fault, ...Fault[]]) {
    super(faults.map(f => `${f.code}: ${f.en}`).join('\n'))
    this.name = 'FaultError'
    this.faults = faults
  }
}

/** Runs `work`; a FaultError becomes a value, anything else is a bug and goes on up. */
export async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work())
  } catch (error) {
    const [first] = error instanceof FaultError ? error.faults : []
    if (first === undefined) throw error
    return err(first)
  }
}
