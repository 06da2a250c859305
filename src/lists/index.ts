export {
  countsOf,
  faultsOf,
  type ListMaking,
  type ListRow,
  type ListWanted,
  linesOf,
  listById,
  listsForCampaigns,
  listsOn,
  listsWithin,
  makeList,
  moveList,
  replaceLines,
} from './book.ts'
export {
  type Compared,
  checkedAgainst,
  type LineFault,
  type ListLine,
  listedIn,
  type Meaning,
  meaningsOf,
  type NamedLine,
} from './compare.ts'
export { whyNotForCampaign } from './for-campaign.ts'
export { listFaults } from './list-faults.ts'
export { sourceOf } from './source.ts'
export { type LineState, type ListState, lineStates, listStates } from './tables.ts'
