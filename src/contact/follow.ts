import { type DeskDb, followPlaces, type Rearranged } from '#desk'

/** Attempts follow their subscribers to whoever answers for them now. */
export function followAttempts(db: DeskDb, rearranged: Rearranged): Promise<void> {
  return followPlaces(db, 'contact_attempt', rearranged)
}
