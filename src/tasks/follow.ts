import { type DeskDb, followPlaces, type Rearranged } from '#desk'

/** Tasks follow their subscribers to whoever answers for them now; the figures of their days stay where they were. */
export function followTasks(db: DeskDb, rearranged: Rearranged): Promise<void> {
  return followPlaces(db, 'task', rearranged)
}
