/**
 * Every path of the API, once: the server serves this table, the console and the tests call it. `open` needs no session;
 * everything else answers 401 without one.
 */
export const routes = {
  health: { method: 'GET', path: '/api/health', open: true },
  signIn: { method: 'POST', path: '/api/session', open: true },
  whoAmI: { method: 'GET', path: '/api/session', open: false },
  signOut: { method: 'DELETE', path: '/api/session', open: false },
  changePassword: { method: 'POST', path: '/api/session/password', open: false },
  showSignInWays: { method: 'GET', path: '/api/session/ways', open: true },
  startOidc: { method: 'POST', path: '/api/session/oidc', open: true },
  finishOidc: { method: 'POST', path: '/api/session/oidc/finish', open: true },
  showAccount: { method: 'GET', path: '/api/account', open: false },
  chooseLanguage: { method: 'POST', path: '/api/account/language', open: false },
  listOwnSessions: { method: 'GET', path: '/api/account/sessions', open: false },
  endOwnSession: { method: 'DELETE', path: '/api/account/sessions/:id', open: false },
  beginTotp: { method: 'POST', path: '/api/account/totp', open: false },
  confirmTotp: { method: 'POST', path: '/api/account/totp/confirm', open: false },
  endTotp: { method: 'POST', path: '/api/account/totp/end', open: false },
  listSessions: { method: 'GET', path: '/api/sessions', open: false },
  endSession: { method: 'DELETE', path: '/api/sessions/:id', open: false },
  endTotpOf: { method: 'POST', path: '/api/sessions/totp/:staff/end', open: false },
  resetPasswordOf: { method: 'POST', path: '/api/sessions/password/:staff/reset', open: false },
  listTokens: { method: 'GET', path: '/api/tokens', open: false },
  addToken: { method: 'POST', path: '/api/tokens', open: false },
  revokeToken: { method: 'DELETE', path: '/api/tokens/:id', open: false },
  showOrganisation: { method: 'GET', path: '/api/organisation', open: false },
  setUnit: { method: 'POST', path: '/api/organisation/units', open: false },
  removeUnit: { method: 'DELETE', path: '/api/organisation/units/:id', open: false },
  importOrganisation: { method: 'POST', path: '/api/organisation/import', open: false },
  listStaff: { method: 'GET', path: '/api/staff', open: false },
  addStaff: { method: 'POST', path: '/api/staff', open: false },
  changeStaff: { method: 'POST', path: '/api/staff/:id', open: false },
  listRoles: { method: 'GET', path: '/api/roles', open: false },
  setRole: { method: 'POST', path: '/api/roles', open: false },
  removeRole: { method: 'DELETE', path: '/api/roles/:id', open: false },
  listStandIns: { method: 'GET', path: '/api/stand-ins', open: false },
  setStandIn: { method: 'POST', path: '/api/stand-ins', open: false },
  endStandIn: { method: 'POST', path: '/api/stand-ins/end', open: false },
  listTasks: { method: 'GET', path: '/api/tasks', open: false },
  showTask: { method: 'GET', path: '/api/tasks/:id', open: false },
  claimTask: { method: 'POST', path: '/api/tasks/:id/claim', open: false },
  recordOutcome: { method: 'POST', path: '/api/tasks/:id/outcome', open: false },
  dropTask: { method: 'POST', path: '/api/tasks/:id/drop', open: false },
  sendTask: { method: 'POST', path: '/api/tasks/:id/send', open: false },
  listOutcomes: { method: 'GET', path: '/api/outcomes', open: false },
  findSubscribers: { method: 'GET', path: '/api/subscribers', open: false },
  showSubscriber: { method: 'GET', path: '/api/subscribers/:id', open: false },
  showFactorHistory: { method: 'GET', path: '/api/subscribers/:id/factors/:factor', open: false },
  unmaskValue: { method: 'POST', path: '/api/subscribers/:id/unmask', open: false },
  listPurposes: { method: 'GET', path: '/api/purposes', open: false },
  listLists: { method: 'GET', path: '/api/lists', open: false },
  importList: { method: 'POST', path: '/api/lists', open: false },
  listFromRule: { method: 'POST', path: '/api/lists/rule', open: false },
  showList: { method: 'GET', path: '/api/lists/:id', open: false },
  checkList: { method: 'POST', path: '/api/lists/:id/check', open: false },
  submitList: { method: 'POST', path: '/api/lists/:id/submit', open: false },
  stopList: { method: 'POST', path: '/api/lists/:id/stop', open: false },
  downloadListFaults: { method: 'GET', path: '/api/lists/:id/faults', open: false },
  listExports: { method: 'GET', path: '/api/exports', open: false },
  askExport: { method: 'POST', path: '/api/exports', open: false },
  showExport: { method: 'GET', path: '/api/exports/:id', open: false },
  cancelExport: { method: 'POST', path: '/api/exports/:id/cancel', open: false },
  downloadExport: { method: 'GET', path: '/api/exports/:id/file', open: false },
  listApprovals: { method: 'GET', path: '/api/approvals', open: false },
  showApproval: { method: 'GET', path: '/api/approvals/:id', open: false },
  approve: { method: 'POST', path: '/api/approvals/:id/approve', open: false },
  reject: { method: 'POST', path: '/api/approvals/:id/reject', open: false },
  cancelApproval: { method: 'POST', path: '/api/approvals/:id/cancel', open: false },
  listAudit: { method: 'GET', path: '/api/audit', open: false },
  verifyAudit: { method: 'GET', path: '/api/audit/chain', open: false },
  listNights: { method: 'GET', path: '/api/nights', open: false },
  showNight: { method: 'GET', path: '/api/nights/:day', open: false },
  stopNight: { method: 'POST', path: '/api/nights/:day/stop', open: false },
  listRules: { method: 'GET', path: '/api/rules', open: false },
  showRule: { method: 'GET', path: '/api/rules/:id', open: false },
  countDraft: { method: 'POST', path: '/api/rules/draft/count', open: false },
  pictureDraft: { method: 'POST', path: '/api/rules/draft/picture', open: false },
  overlapDraft: { method: 'POST', path: '/api/rules/draft/overlap', open: false },
  varyDraft: { method: 'POST', path: '/api/rules/draft/sensitivity', open: false },
  listCampaigns: { method: 'GET', path: '/api/campaigns', open: false },
  addCampaign: { method: 'POST', path: '/api/campaigns', open: false },
  listCampaignChoices: { method: 'GET', path: '/api/campaigns/choices', open: false },
  checkCampaign: { method: 'POST', path: '/api/campaigns/check', open: false },
  showCampaign: { method: 'GET', path: '/api/campaigns/:id', open: false },
  changeCampaign: { method: 'POST', path: '/api/campaigns/:id', open: false },
  submitCampaign: { method: 'POST', path: '/api/campaigns/:id/submit', open: false },
  dryRunCampaign: { method: 'POST', path: '/api/campaigns/:id/dry-run', open: false },
  testCampaign: { method: 'POST', path: '/api/campaigns/:id/test-send', open: false },
  moveCampaign: { method: 'POST', path: '/api/campaigns/:id/moves', open: false },
  listPrecision: { method: 'GET', path: '/api/rules/precision', open: false },
  backtestDraft: { method: 'POST', path: '/api/rules/draft/backtest', open: false },
  whyRules: { method: 'GET', path: '/api/subscribers/:id/rules', open: false },
  saveRule: { method: 'POST', path: '/api/rules', open: false },
  importRules: { method: 'POST', path: '/api/rules/import', open: false },
  listRuleVersions: { method: 'GET', path: '/api/rules/:id/versions', open: false },
  writeRule: { method: 'GET', path: '/api/rules/:id/file', open: false },
  activateRule: { method: 'POST', path: '/api/rules/:id/activate', open: false },
  retireRule: { method: 'POST', path: '/api/rules/:id/retire', open: false },
  listFactors: { method: 'GET', path: '/api/factors', open: false },
  showSegments: { method: 'GET', path: '/api/segments', open: false },
  listSegmentMoves: { method: 'GET', path: '/api/segments/moves', open: false },
  listSegmentCustomers: { method: 'GET', path: '/api/segments/customers', open: false },
  listTags: { method: 'GET', path: '/api/tags', open: false },
  showTag: { method: 'GET', path: '/api/tags/:id', open: false },
  listTagCustomers: { method: 'GET', path: '/api/tags/:id/customers', open: false },
  saveTag: { method: 'POST', path: '/api/tags', open: false },
  importTags: { method: 'POST', path: '/api/tags/import', open: false },
  listTagVersions: { method: 'GET', path: '/api/tags/:id/versions', open: false },
  writeTag: { method: 'GET', path: '/api/tags/:id/file', open: false },
  activateTag: { method: 'POST', path: '/api/tags/:id/activate', open: false },
  retireTag: { method: 'POST', path: '/api/tags/:id/retire', open: false },
  fillTag: { method: 'POST', path: '/api/tags/:id/members', open: false },
  downloadTagFaults: { method: 'GET', path: '/api/tags/:id/faults', open: false },
  tryMap: { method: 'POST', path: '/api/segments/map/try', open: false },
  saveMap: { method: 'POST', path: '/api/segments/map', open: false },
  activateMap: { method: 'POST', path: '/api/segments/map/activate', open: false },
  listMapVersions: { method: 'GET', path: '/api/segments/map/versions', open: false },
  writeMap: { method: 'GET', path: '/api/segments/map/file', open: false },
  showCare: { method: 'GET', path: '/api/care', open: false },
  listWarnings: { method: 'GET', path: '/api/warnings', open: false },
  listEffects: { method: 'GET', path: '/api/effects', open: false },
  listOutbox: { method: 'GET', path: '/api/outbox', open: false },
  listFeeds: { method: 'GET', path: '/api/feeds', open: false },
  postRecharge: { method: 'POST', path: '/api/recharges', open: false },
  postReceipt: { method: 'POST', path: '/api/receipts', open: false },
  postReply: { method: 'POST', path: '/api/replies', open: false },
} as const

export type RouteId = keyof typeof routes

/** Routes whose body is a file, sent as it is (`application/octet-stream`), and how many bytes it may have. */
export const uploads = {
  importOrganisation: 8 * 2 ** 20,
  importList: 32 * 2 ** 20,
  checkList: 32 * 2 ** 20,
  fillTag: 32 * 2 ** 20,
} as const satisfies { readonly [R in RouteId]?: number }

export type UploadId = keyof typeof uploads

export function isUpload(route: RouteId): route is UploadId {
  return route in uploads
}

type Names<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

/** The parts of a route's path that a caller fills in: { id } or { day } or nothing. */
export type PathParts<R extends RouteId> = { readonly [N in Names<(typeof routes)[R]['path']>]: string }

/** The path with its parts filled in. A part that is left out is a bug. */
export function pathTo<R extends RouteId>(route: R, parts: PathParts<R>): string {
  const given: Readonly<Record<string, string>> = parts
  return routes[route].path.replace(/:(\w+)/g, (_, name: string) => {
    const part = given[name]
    if (part === undefined || part === '') throw new TypeError(`${route} needs ${name}`)
    return encodeURIComponent(part)
  })
}
