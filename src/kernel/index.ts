export { type Clock, type OnProgress, type Progress, systemClock } from './clock.ts'
export {
  addDays,
  addMonths,
  type DaySpan,
  daysBetween,
  daysOf,
  isPlainDate,
  monthStart,
  type PlainDate,
  plainDate,
} from './day.ts'
export { digest, uniform } from './digest.ts'
export { type Fen, fen, yuan } from './fen.ts'
export { homeZone, localTime, momentOn, steadyOffset } from './moment.ts'
export { attempt, err, type Fault, FaultError, ok, type Result } from './result.ts'
export { everybody, isInScope, type Placed, type RowScope } from './scope.ts'
