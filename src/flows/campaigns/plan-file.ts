import { readFile, stat } from 'node:fs/promises'
import { parse, YAMLParseError } from 'yaml'
import { FaultError } from '#kernel'
import { fileUnreadable } from '../faults.ts'

const bytesMax = 1_000_000

/** A plan from a file of YAML or JSON, not checked yet. Fault file.unreadable. */
export async function planIn(file: string): Promise<unknown> {
  try {
    const { size } = await stat(file)
    if (size > bytesMax) throw new FaultError(fileUnreadable(file, `> ${bytesMax} B`))
    return parse(await readFile(file, 'utf8')) as unknown
  } catch (error) {
    throw error instanceof FaultError ? error : new FaultError(fileUnreadable(file, whyOf(error)))
  }
}

function whyOf(error: unknown): string {
  if (error instanceof YAMLParseError) return error.message.split('\n')[0] ?? ''
  return (error as NodeJS.ErrnoException).code ?? ''
}
