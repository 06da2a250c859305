export { pluralOf, type Term } from './term.ts'
export { type TermId, terms } from './terms.ts'
