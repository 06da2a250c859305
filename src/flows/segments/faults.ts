import type { Fault } from '#kernel'

export function segmentsNotMade(day: string): Fault<'segment.not-made'> {
  return {
    code: 'segment.not-made',
    en: `nobody was placed on the map on ${day}: run its night first`,
    zh: `${day} 没有客户分布：请先运行该日的夜间流程`,
  }
}

export function tagUnknown(): Fault<'tag.unknown'> {
  return { code: 'tag.unknown', en: 'there is no such tag', zh: '没有这个标签' }
}
