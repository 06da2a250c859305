interface Words {
  readonly zh: string
  readonly en: string
}

/** What may be found in the audit, in words. An act without a line is shown by its code. */
const acts: Readonly<Record<string, Words>> = {
  'sign-in': { zh: '登录', en: 'signed in' },
  'sign-in.refused': { zh: '登录被拒', en: 'sign-in refused' },
  'sign-out': { zh: '退出', en: 'signed out' },
  'password.change': { zh: '修改密码', en: 'password changed' },
  'password.reset': { zh: '重置密码', en: 'password reset' },
  'session.end': { zh: '结束会话', en: 'session ended' },
  'totp.on': { zh: '开启两步验证', en: 'two-step sign-in turned on' },
  'totp.off': { zh: '关闭两步验证', en: 'two-step sign-in turned off' },
  'oidc.link': { zh: '绑定统一身份认证', en: 'linked to the sign-in service' },
  'token.add': { zh: '创建接口令牌', en: 'API token made' },
  'token.revoke': { zh: '吊销接口令牌', en: 'API token revoked' },
  'unit.change': { zh: '更改单位', en: 'unit changed' },
  'unit.remove': { zh: '撤销单位', en: 'unit removed' },
  'list.make': { zh: '建立名单', en: 'list made' },
  'list.check': { zh: '核对名单', en: 'list checked' },
  'list.look': { zh: '查看名单', en: 'list seen' },
  'list.stop': { zh: '停止名单', en: 'list stopped' },
  'organisation.import': { zh: '导入组织', en: 'organisation imported' },
  'staff.add': { zh: '新增员工', en: 'staff added' },
  'staff.change': { zh: '更改员工', en: 'staff changed' },
  'staff.import': { zh: '导入员工', en: 'staff imported' },
  'role.change': { zh: '更改角色', en: 'role changed' },
  'role.remove': { zh: '删除角色', en: 'role removed' },
  'stand-in.change': { zh: '设置代理', en: 'stand-in set' },
  'stand-in.end': { zh: '结束代理', en: 'stand-in ended' },
  'subscriber.look': { zh: '查看用户', en: 'subscriber looked at' },
  'subscriber.find': { zh: '查询用户', en: 'subscribers looked up' },
  'rule.save': { zh: '保存规则草稿', en: 'rule saved as a draft' },
  'rule.activate': { zh: '启用规则', en: 'rule put into force' },
  'rule.retire': { zh: '停用规则', en: 'rule retired' },
  'rule.why': { zh: '查看用户命中的规则', en: 'rules of a subscriber looked at' },
  'rule.preview': { zh: '查看规则试算样本', en: 'sample of a rule looked at' },
  'factor.history': { zh: '查看因子变化', en: 'factor history looked at' },
  'task.list': { zh: '查看任务清单', en: 'task list looked at' },
  'task.claim': { zh: '领取任务', en: 'task claimed' },
  'task.outcome': { zh: '记录任务结果', en: 'outcome recorded' },
  'task.drop': { zh: '放弃任务', en: 'task dropped' },
  'task.send': { zh: '发送短信任务', en: 'SMS task sent' },
  'task.look': { zh: '查看任务', en: 'task looked at' },
  'outbox.look': { zh: '查看发件箱', en: 'outbox looked at' },
  'night.stop': { zh: '中止夜间流程', en: 'night stopped' },
  'value.unmask': { zh: '查看完整值', en: 'value unmasked' },
  'value.unmask-refused': { zh: '查看完整值被拒', en: 'unmasking refused' },
  'campaign.add': { zh: '新建活动', en: 'campaign planned' },
  'campaign.change': { zh: '修改活动', en: 'campaign changed' },
  'campaign.launch': { zh: '启动活动', en: 'campaign launched' },
  'campaign.pause': { zh: '暂停活动', en: 'campaign paused' },
  'campaign.resume': { zh: '恢复活动', en: 'campaign resumed' },
  'campaign.close': { zh: '结束活动', en: 'campaign closed' },
  'export.ask': { zh: '申请导出', en: 'export asked for' },
  'export.make': { zh: '生成导出文件', en: 'export made' },
  'export.rows': { zh: '导出涉及的用户', en: 'subscribers in an export' },
  'export.download': { zh: '下载导出文件', en: 'export downloaded' },
  'export.cancel': { zh: '取消导出', en: 'export cancelled' },
  'approval.ask': { zh: '提交审批', en: 'approval asked for' },
  'approval.approve': { zh: '审批通过', en: 'approved' },
  'approval.reject': { zh: '审批驳回', en: 'rejected' },
  'approval.cancel': { zh: '撤回审批', en: 'approval cancelled' },
  'setting.change': { zh: '修改设置', en: 'setting changed' },
  'audit.look': { zh: '查阅审计', en: 'audit looked into' },
  'audit.verify': { zh: '校验审计链', en: 'audit chain verified' },
  'audit.export': { zh: '导出审计', en: 'audit exported' },
  'audit.seal': { zh: '封存审计', en: 'audit sealed' },
  'personal-data.export': { zh: '导出个人数据', en: 'personal data exported' },
  'personal-data.erase': { zh: '删除个人数据', en: 'personal data erased' },
}

export function actTitle(code: string): Words {
  return acts[code] ?? { zh: code, en: code }
}

export function actsTitled(): readonly { readonly code: string; readonly title: Words }[] {
  return Object.entries(acts).map(([code, title]) => ({ code, title }))
}
