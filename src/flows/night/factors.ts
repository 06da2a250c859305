import { runFactors } from '#factors'
import type { Work } from './work.ts'

/** Computes the factor table of the morning; equal inputs are not computed twice. */
export async function factorsStep({ application, day }: Work): Promise<number> {
  const { shelf, catalogue } = application
  const run = await runFactors(await application.warehouse(), { shelf }, catalogue.factors, day)
  return run.rows
}
