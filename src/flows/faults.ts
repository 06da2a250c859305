import path from 'node:path'
import type { Fault } from '#kernel'

export function noSource(): Fault<'source.missing'> {
  return {
    code: 'source.missing',
    en: 'this data folder has no source yet: name a mapping file and the folder of the feeds (--mapping, --from)',
    zh: '该数据目录尚未指定数据来源：请指定映射文件和数据所在目录（--mapping、--from）',
  }
}

export function nightUnknown(): Fault<'night.unknown'> {
  return { code: 'night.unknown', en: 'no night was run for that day', zh: '该日没有运行过夜间流程' }
}

export function ruleUnknown(): Fault<'rule.unknown'> {
  return { code: 'rule.unknown', en: 'there is no such rule', zh: '没有这条规则' }
}

/** The same for a subscriber that does not exist and one out of scope. */
export function subscriberUnknown(): Fault<'subscriber.unknown'> {
  return {
    code: 'subscriber.unknown',
    en: 'there is no such subscriber among yours',
    zh: '您的范围内没有该用户',
  }
}

export function noFactorTable(day: string): Fault<'factor.not-computed'> {
  return {
    code: 'factor.not-computed',
    en: `no factors were computed for ${day}: run its night first`,
    zh: `${day} 尚未计算因子：请先运行该日的夜间流程`,
  }
}

export function placesNotKept(day: string): Fault<'scope.not-kept'> {
  return {
    code: 'scope.not-kept',
    en: `who answered for whom on ${day} was not kept, so nothing can be counted for it: run its night again`,
    zh: `未保存 ${day} 的用户归属，无法按范围统计：请重新运行该日的夜间流程`,
  }
}

export function qualityMissing(day: string): Fault<'factor.not-assessed'> {
  return {
    code: 'factor.not-assessed',
    en: `the factors of ${day} were not checked: run its night first`,
    zh: `${day} 的因子尚未检查：请先运行该日的夜间流程`,
  }
}

export function nothingDelivered(): Fault<'night.nothing-delivered'> {
  return {
    code: 'night.nothing-delivered',
    en: 'no feed has ever been delivered: there is nothing to make a list from',
    zh: '尚未收到任何数据：无法生成清单',
  }
}

export function notSms(): Fault<'task.not-sms'> {
  return { code: 'task.not-sms', en: 'only an SMS task can be sent', zh: '只有短信任务可以发送' }
}

export function momentMalformed(): Fault<'moment.malformed'> {
  return {
    code: 'moment.malformed',
    en: 'a moment is expected, like 2026-11-22T01:30:00Z',
    zh: '时间格式应形如 2026-11-22T01:30:00Z',
  }
}

export function alreadyRunning(): Fault<'start.already-running'> {
  return {
    code: 'start.already-running',
    en: 'this data folder is already being served by another process: use that one, or another folder (--data)',
    zh: '该数据目录已由另一个进程提供服务：请使用它，或用 --data 指定其他目录',
  }
}

export function nightStopped(day: string): Fault<'night.stopped'> {
  return {
    code: 'night.stopped',
    en: `the night of ${day} was stopped; run again, it goes on where it was`,
    zh: `${day} 的夜间流程已中止；再次运行会从中断处继续`,
  }
}

export function nightNotRunning(): Fault<'night.not-running'> {
  return { code: 'night.not-running', en: 'no night is running', zh: '当前没有夜间流程在运行' }
}

export function workStopped(): Fault<'work.stopped'> {
  return {
    code: 'work.stopped',
    en: 'the work was stopped; asked for again, it goes on where it was',
    zh: '工作已中止；再次执行会从中断处继续',
  }
}

export function workDied(memoryMiB: number, how: string): Fault<'work.died'> {
  return {
    code: 'work.died',
    en: `the process that does the heavy work ended before its time (${how}); it had ${memoryMiB} MiB of memory. Nothing is lost: run again and it goes on where it was. If the machine ran out of memory, give it less (--memory)`,
    zh: `计算进程意外终止（${how}），其内存上限为 ${memoryMiB} MiB。数据没有损失：再次运行会从中断处继续。如果是机器内存不足，请调低 --memory`,
    at: { memoryMiB, how },
  }
}

export function campaignWaiting(): Fault<'campaign.not-now'> {
  return {
    code: 'campaign.not-now',
    en: 'a campaign that waits for approval or is closed cannot be changed',
    zh: '待审批或已结束的活动不能修改',
  }
}

export function campaignChanged(): Fault<'campaign.not-what-was-asked'> {
  return {
    code: 'campaign.not-what-was-asked',
    en: 'the campaign is no longer what was sent for approval',
    zh: '活动内容与提交审批时不一致',
  }
}

export function campaignHeld(why: { readonly zh: string; readonly en: string }): Fault<'campaign.held'> {
  return {
    code: 'campaign.held',
    en: `nothing may rest on a factor of the target this morning: ${why.en}`,
    zh: `目标所用因子今日不可信：${why.zh}`,
  }
}

export function campaignNoSms(): Fault<'campaign.no-sms'> {
  return { code: 'campaign.no-sms', en: 'this campaign sends no SMS', zh: '该活动不发送短信' }
}

export function campaignNobody(): Fault<'campaign.nobody'> {
  return {
    code: 'campaign.nobody',
    en: 'the target finds nobody in the branch of its owner: nothing was launched',
    zh: '目标在负责人所辖范围内没有选中任何用户：未启动',
  }
}

export function fileUnreadable(file: string, why: string): Fault<'file.unreadable'> {
  const name = path.basename(file)
  return {
    code: 'file.unreadable',
    en: `the file ${name} cannot be read (${why})`,
    zh: `无法读取文件 ${name}（${why}）`,
  }
}
