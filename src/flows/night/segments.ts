import { factorsOff } from '#factors'
import type { Application } from '../application.ts'
import { mapInForce, tagsKnown } from '../segments/in-force.ts'
import type { Words } from '../view/coded.ts'
import { keepNamed } from './named.ts'
import { suspectFactors } from './quality.ts'
import { orFail, type Work } from './work.ts'

/** Gives every subscriber its place on the map and its tags; what cannot be computed or trusted this morning is said with it. */
export async function segmentsStep({ application, day, onProgress, signal }: Work): Promise<number> {
  const map = await mapInForce(application)
  const tags = await tagsKnown(application)
  await keepNamed(application, day, tags)
  const off = await wordsOff(application, day)
  const suspects = [...(await suspectFactors(application, day))]
  const order = { asOf: day, map, tags, off, suspects }
  return orFail(await application.workshop.do('segments', order, { onProgress, signal })).rows
}

async function wordsOff(
  application: Application,
  day: Work['day'],
): Promise<readonly (readonly [string, Words])[]> {
  const found = await factorsOff(await application.warehouse(), application.shelf, day)
  return found.map(({ id, fault: { zh, en } }) => [id, { zh, en }])
}
