export { followPlaces, type Rearranged } from './follow.ts'
export { isLocked, withLock } from './lock.ts'
export { type Migration, migrate, migrationsIn } from './migrate.ts'
export { type Desk, type DeskDb, type DeskOptions, type DeskTransaction, openDesk } from './open.ts'
export { insertRows } from './rows.ts'
export { withinScope, withinScopeThen } from './scope.ts'
export {
  type KeptVersion,
  type VersionBook,
  type VersionMade,
  type VersionMove,
  type VersionState,
  versionsIn,
} from './version-book.ts'
