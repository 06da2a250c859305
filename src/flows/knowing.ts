import { careCalendar } from './care/desk.ts'
import { customerMap } from './segments/desk.ts'
import { tagLibrary } from './segments/tags.ts'
import { warningDesk } from './warnings/desk.ts'

/** What is known of customers: where they stand, what is true of them, whose day it is, who is at risk. */
export const knowing = { map: customerMap, tags: tagLibrary, care: careCalendar, warnings: warningDesk }
