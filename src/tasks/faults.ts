import type { Fault } from '#kernel'
import type { Words } from './words.ts'

export function taskUnknown(): Fault<'task.unknown'> {
  return { code: 'task.unknown', en: 'there is no such task among yours', zh: '您的任务中没有这一条' }
}

export function alreadyClaimed(by: Words): Fault<'task.already-claimed'> {
  return { code: 'task.already-claimed', en: `already taken by ${by.en}`, zh: `已被 ${by.zh} 领取` }
}

export function moveIllegal(move: Words, state: Words): Fault<'task.move-illegal'> {
  return {
    code: 'task.move-illegal',
    en: `a task that is ${state.en} cannot be ${move.en}`,
    zh: `“${state.zh}”的任务不能“${move.zh}”`,
  }
}

export function wrongChannel(move: Words, channel: Words): Fault<'task.wrong-channel'> {
  return {
    code: 'task.wrong-channel',
    en: `a task by ${channel.en} cannot be ${move.en}`,
    zh: `${channel.zh}任务不能“${move.zh}”`,
  }
}

export function outcomeUnknown(code: string): Fault<'outcome.unknown'> {
  return { code: 'outcome.unknown', en: `there is no outcome "${code}"`, zh: `没有结果代码“${code}”` }
}

export function leavingReasonUnknown(code: string): Fault<'leaving-reason.unknown'> {
  return {
    code: 'leaving-reason.unknown',
    en: `there is no reason for leaving "${code}"`,
    zh: `没有离网原因代码“${code}”`,
  }
}

export function leavingReasonNeeded(outcome: Words): Fault<'leaving-reason.needed'> {
  return {
    code: 'leaving-reason.needed',
    en: `"${outcome.en}" needs a reason for leaving`,
    zh: `结果为“${outcome.zh}”时须填写离网原因`,
  }
}

export function leavingReasonOutOfPlace(outcome: Words): Fault<'leaving-reason.out-of-place'> {
  return {
    code: 'leaving-reason.out-of-place',
    en: `"${outcome.en}" takes no reason for leaving`,
    zh: `结果为“${outcome.zh}”时不填写离网原因`,
  }
}
