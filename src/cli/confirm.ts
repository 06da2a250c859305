import { createInterface } from 'node:readline/promises'
import { FaultError } from '#kernel'
import { notConfirmed } from './faults.ts'
import type { Invocation } from './invocation.ts'

/** Asks before harm is done. Where nobody can be asked, --yes has to say so. Fault usage.not-confirmed. */
export async function confirm(
  question: string,
  isSure: boolean | undefined,
  { output }: Invocation,
): Promise<void> {
  if (isSure) return
  if (!process.stdin.isTTY || output.json) throw new FaultError(notConfirmed())
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await asking.question(`${question} (yes) `)
    if (!['yes', 'y', '是'].includes(answer.trim().toLowerCase())) throw new FaultError(notConfirmed())
  } finally {
    asking.close()
  }
}
