import type { Fault } from '#kernel'

export function cityExists(out: string): Fault {
  return {
    code: 'world.city-exists',
    en: `there is a city in "${out}" already; choose an empty folder`,
    zh: `“${out}”中已有一座城市；请另选空文件夹`,
  }
}

export function noCity(out: string): Fault {
  return {
    code: 'world.no-city',
    en: `there is no city in "${out}"; make one first`,
    zh: `“${out}”中没有城市；请先生成`,
  }
}

export function cityUnreadable(out: string): Fault {
  return {
    code: 'world.city-unreadable',
    en: `the city in "${out}" was written by another version; make it anew`,
    zh: `“${out}”中的城市由其他版本写成；请重新生成`,
  }
}

export function planOutOfRange(what: string, min: number, max: number): Fault {
  return {
    code: 'world.plan-out-of-range',
    en: `${what} must be a whole number from ${min} to ${max}`,
    zh: `${what} 须为 ${min} 到 ${max} 之间的整数`,
    at: { what },
  }
}
