import { orFail, type Work } from './work.ts'

/** Computes the factor table of the morning; equal inputs are not computed twice. */
export async function factorsStep({ application, day, onProgress, signal }: Work): Promise<number> {
  const order = { asOf: day }
  return orFail(await application.workshop.do('factors', order, { onProgress, signal })).rows
}
