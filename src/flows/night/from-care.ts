import { careSource } from '../care/source.ts'
import type { Source } from './propose.ts'
import type { Work } from './work.ts'

/** What the care calendar proposes this morning. */
export function fromCare({ application, day }: Work): Promise<Source> {
  return careSource(application, day)
}
