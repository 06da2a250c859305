export { dueThen, dueWithin } from './calendar.ts'
export { type Holiday, holidaysOn, readHolidays } from './holiday.ts'
export { lunarDay, sayLunar } from './lunar.ts'
export { dueOn, type Occasion, occasionUses, readOccasions } from './occasion.ts'
