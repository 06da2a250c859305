import type { Fault } from '#kernel'

export function careTwice(id: string, path: string): Fault<'care.twice'> {
  return { code: 'care.twice', en: `"${id}" is defined twice`, zh: `“${id}”重复定义`, at: { path, id } }
}

export function unknownHoliday(holiday: string, path: string): Fault<'care.unknown-holiday'> {
  return {
    code: 'care.unknown-holiday',
    en: `there is no holiday "${holiday}"`,
    zh: `没有节日“${holiday}”`,
    at: { path, holiday },
  }
}

export function noCountdown(factor: string, path: string): Fault<'care.no-countdown'> {
  return {
    code: 'care.no-countdown',
    en: `${factor} is no factor that counts days`,
    zh: `${factor} 不是按天计数的因子`,
    at: { path, factor },
  }
}

export function unknownAction(action: string, path: string): Fault<'care.unknown-action'> {
  return {
    code: 'care.unknown-action',
    en: `no policy answers the action "${action}"`,
    zh: `没有政策对应动作“${action}”`,
    at: { path, action },
  }
}

export function noSuchDay(day: string, path: string): Fault<'care.no-such-day'> {
  return {
    code: 'care.no-such-day',
    en: `${day} is no day of the calendar`,
    zh: `${day} 不是日历中的日期`,
    at: { path, day },
  }
}
