import { type Body, isUpload, type RouteId } from '#wire'

/** Whom a question is about. */
export interface Subject {
  readonly taskId: string
  readonly subscriberId: string
}

const lowBalance = { condition: { op: 'lt', factor: 'balance', value: 1000 } }

const somePlan: Body<'addCampaign'>['plan'] = {
  title: { zh: '春季关怀', en: 'Spring care' },
  target: { condition: lowBalance.condition },
  offer: 'recharge_30_data_1g',
  purpose: 'selling',
  channels: ['sms'],
  period: { from: '2026-09-15', to: '2027-09-25' },
  budgetFen: 1_000_000,
  perDayMax: 100,
  minutes: 0,
  valueFen: 2_000,
  controlPercent: 10,
  success: { kind: 'recharged', withinDays: 5, atLeastFen: 3_000 },
}

/** A correct question for each route, about the given task and subscriber. A new route needs a line here. */
export function question(route: RouteId, about: Subject) {
  const parts: Partial<Record<RouteId, Readonly<Record<string, string>>>> = {
    endOwnSession: { id: 'nobody' },
    endSession: { id: 'nobody' },
    endTotpOf: { staff: 'nobody' },
    resetPasswordOf: { staff: 'nobody' },
    revokeToken: { id: 'nobody' },
    removeUnit: { id: 'nowhere' },
    changeStaff: { id: 'staff_nobody' },
    removeRole: { id: 'no_role' },
    showTask: { id: about.taskId },
    claimTask: { id: about.taskId },
    recordOutcome: { id: about.taskId },
    dropTask: { id: about.taskId },
    sendTask: { id: about.taskId },
    showSubscriber: { id: about.subscriberId },
    showFactorHistory: { id: about.subscriberId, factor: 'balance' },
    unmaskValue: { id: about.subscriberId },
    showList: { id: '4711' },
    checkList: { id: '4711' },
    submitList: { id: '4711' },
    stopList: { id: '4711' },
    downloadListFaults: { id: '4711' },
    showExport: { id: '4711' },
    cancelExport: { id: '4711' },
    downloadExport: { id: '4711' },
    showApproval: { id: '4711' },
    approve: { id: '4711' },
    reject: { id: '4711' },
    cancelApproval: { id: '4711' },
    showNight: { day: '2026-09-14' },
    stopNight: { day: '2026-09-14' },
    showTag: { id: 'price_sensitive' },
    listTagCustomers: { id: 'price_sensitive' },
    showRule: { id: 'many_complaints' },
    showCampaign: { id: '4711' },
    changeCampaign: { id: '4711' },
    submitCampaign: { id: '4711' },
    dryRunCampaign: { id: '4711' },
    testCampaign: { id: '4711' },
    moveCampaign: { id: '4711' },
    whyRules: { id: about.subscriberId },
    listRuleVersions: { id: 'many_complaints' },
    writeRule: { id: 'many_complaints' },
    listTagVersions: { id: 'price_sensitive' },
    writeTag: { id: 'price_sensitive' },
    activateTag: { id: 'price_sensitive' },
    retireTag: { id: 'no_such_tag' },
    fillTag: { id: 'price_sensitive' },
    downloadTagFaults: { id: 'no_such_tag' },
    activateRule: { id: 'many_complaints' },
    retireRule: { id: 'no_such_rule' },
  }
  const bodies: { [R in RouteId]?: Body<R> } = {
    changePassword: { current: 'not it at all', next: 'lantern over hills 9' },
    chooseLanguage: { language: 'zh' },
    beginTotp: { password: 'not it at all' },
    confirmTotp: { code: '000000' },
    endTotp: { password: 'not it at all' },
    addToken: { name: 'machine', permissions: ['task.look'], unit: 'nowhere', days: 1 },
    setUnit: { id: 'x1', parentId: 'nowhere', level: 'grid', name: { zh: '甲', en: 'A' } },
    addStaff: { login: 'x', name: { zh: '甲', en: 'A' }, roles: ['clerk'], unit: 'nowhere' },
    changeStaff: { isActive: false },
    setRole: { code: 'clerk', title: { zh: '甲', en: 'A' }, reach: 'own', permissions: [] },
    setStandIn: { forId: 'nobody', byId: 'nobody', from: '2026-09-14', to: '2026-09-15' },
    endStandIn: { forId: 'nobody', byId: 'nobody', from: '2026-09-14' },
    recordOutcome: { code: 'thinking' },
    dropTask: { why: 'test' },
    unmaskValue: { field: 'number', purpose: 'contact', reason: 'calls back' },
    listFromRule: { title: 'x', reason: 'y', action: 'no_such_action', rule: 'no_such_rule' },
    askExport: { what: 'tasks', format: 'csv', plain: false, purpose: 'analysis', reason: 'monthly report' },
    approve: { comment: 'seen' },
    reject: { comment: 'seen' },
    cancelApproval: { comment: 'seen' },
    countDraft: lowBalance,
    pictureDraft: lowBalance,
    overlapDraft: lowBalance,
    varyDraft: lowBalance,
    backtestDraft: { ...lowBalance, what: 'recharged', withinDays: 1 },
    checkCampaign: { plan: somePlan },
    addCampaign: { plan: somePlan },
    changeCampaign: { version: 1, plan: somePlan },
    submitCampaign: { reason: 'for spring' },
    testCampaign: {},
    moveCampaign: { move: 'pause' },
    saveRule: { rule: { id: 'half_a_rule' } },
    importRules: { yaml: '- {id: half_a_rule}' },
    activateRule: { reason: 'tried long enough' },
    retireRule: { reason: 'no longer needed' },
    saveTag: { tag: { id: 'half_a_tag' } },
    importTags: { yaml: '- {id: half_a_tag}' },
    retireTag: { reason: 'no longer needed' },
    tryMap: { yaml: '- {id: half_a_map}' },
    saveMap: { yaml: '- {id: half_a_map}' },
    activateMap: { reason: 'tried long enough' },
    postRecharge: {
      rechargeId: `r-${route}`,
      subscriberId: about.subscriberId,
      paidAt: '2026-11-22T02:30:00Z',
      amountFen: 100,
    },
    postReceipt: { messageId: 'nobody', state: 'delivered', at: '2026-11-22T02:30:00Z' },
    postReply: { replyId: 'r1', subscriberId: about.subscriberId, text: 'hello', at: '2026-11-22T02:30:00Z' },
  }
  const queries: Partial<Record<RouteId, Readonly<Record<string, string>>>> = {
    findSubscribers: { q: about.subscriberId },
    importOrganisation: { what: 'units' },
    importList: { title: 'x', reason: 'y', action: 'keep' },
  }
  const query = queries[route]
  return {
    ...(parts[route] === undefined ? {} : { parts: parts[route] }),
    ...(bodies[route] === undefined ? {} : { body: bodies[route] }),
    ...(query === undefined ? {} : { query }),
    // A checked list is about the list it belongs to.
    ...(isUpload(route)
      ? { file: `subscriber\n${route === 'checkList' ? 'nobody' : about.subscriberId}\n` }
      : {}),
  }
}
