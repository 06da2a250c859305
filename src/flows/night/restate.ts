import { addDays } from '#kernel'
import { orFail, type Work } from './work.ts'

/** What came late or was corrected since: yesterday's morning is computed anew. Answers for how many subscribers it differs. */
export async function restateStep({ application, day, onProgress, signal }: Work): Promise<number> {
  const order = { asOf: addDays(day, -1) }
  const restated = orFail(await application.workshop.do('restate', order, { onProgress, signal }))
  return restated?.subscribers ?? 0
}
