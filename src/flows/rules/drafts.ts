import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { err, ok, type Result } from '#kernel'
import { entriesIn } from '#rules'
import type { Application } from '../application.ts'
import { fileUnreadable, ruleUnknown } from '../faults.ts'
import { rulesInForce } from './in-force.ts'
import type { Draft } from './trying.ts'

export interface NamedDraft {
  readonly id: string
  readonly draft: Draft
}

/**
 * Rules to try out: those of a file as the catalogue has them, or one in force; `rule` names one. Faults file.unreadable,
 * catalogue.malformed, rule.unknown.
 */
export async function draftsIn(
  application: Application,
  { file, rule }: { readonly file?: string | undefined; readonly rule?: string | undefined },
): Promise<Result<readonly NamedDraft[]>> {
  const all = file === undefined ? ok((await rulesInForce(application)).rules) : await rulesOfFile(file)
  if (!all.ok) return all
  const named = all.value.map(one => ({ id: String(one.id), draft: one }))
  const wanted = rule === undefined && file !== undefined ? named : named.filter(one => one.id === rule)
  return wanted.length === 0 ? err(ruleUnknown()) : ok(wanted)
}

async function rulesOfFile(file: string): Promise<Result<readonly (Draft & { readonly id: unknown })[]>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return err(fileUnreadable(file, (error as NodeJS.ErrnoException).code ?? ''))
  }
  const { entries, faults } = entriesIn(path.basename(file), text)
  const [first] = faults
  if (first !== undefined) return err(first)
  return ok(
    entries.map(({ value }) => {
      const { id, condition, parameters, action, controlPercent } = (value ?? {}) as Record<string, never>
      return { id, condition, parameters, action, controlPercent }
    }),
  )
}
