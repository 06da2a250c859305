import type { Fault } from '#kernel'

export function segmentMalformed(path: string, en: string, zh: string): Fault<'segment.malformed'> {
  return { code: 'segment.malformed', en: `badly written: ${en}`, zh: `写法有误：${zh}`, at: { path } }
}

export function unknownStage(stage: string, path: string): Fault<'segment.unknown-stage'> {
  return {
    code: 'segment.unknown-stage',
    en: `there is no stage "${stage}"`,
    zh: `没有阶段“${stage}”`,
    at: { path, stage },
  }
}

export function stageUnreached(stage: string, path: string): Fault<'segment.stage-unreached'> {
  return {
    code: 'segment.stage-unreached',
    en: `no branch of the tree leads to stage "${stage}"`,
    zh: `决策树没有通向阶段“${stage}”的分支`,
    at: { path, stage },
  }
}

export function classesOutOfOrder(path: string): Fault<'segment.classes-out-of-order'> {
  return {
    code: 'segment.classes-out-of-order',
    en: 'classes go from the highest to the lowest, each begins below the one before, and only the last has no beginning',
    zh: '分级应由高到低排列，起点逐级降低，且只有最后一级没有起点',
    at: { path },
  }
}

export function classTwice(id: string, path: string): Fault<'segment.class-twice'> {
  return {
    code: 'segment.class-twice',
    en: `"${id}" is defined twice`,
    zh: `“${id}”重复定义`,
    at: { path, id },
  }
}

export function wrongFactorType(
  factor: string,
  type: string,
  path: string,
): Fault<'segment.wrong-factor-type'> {
  return {
    code: 'segment.wrong-factor-type',
    en: `the factor ${factor}, which is a ${type}, cannot be used here`,
    zh: `因子 ${factor} 的类型为 ${type}，不能用在这里`,
    at: { path, factor },
  }
}

export function segmentUnknownFactor(factor: string, path: string): Fault<'segment.unknown-factor'> {
  return {
    code: 'segment.unknown-factor',
    en: `there is no factor "${factor}"`,
    zh: `没有因子“${factor}”`,
    at: { path, factor },
  }
}
