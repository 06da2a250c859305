export { type City, type CityOptions, makeCity, openCity, stepCity } from './city.ts'
export {
  type ContactChannel,
  type CustomerKind,
  effectDays,
  type PlantedEffect,
  plantedEffects,
} from './effects.ts'
export type { CityContact } from './respond.ts'
export type { CityPlan } from './size.ts'
