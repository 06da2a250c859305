import Type, { type Static, type TSchema } from 'typebox'
import {
  account,
  language,
  oidcDeparture,
  oidcReturn,
  oidcSession,
  oidcStart,
  onePassword,
  provePassword,
  recoveryCodes,
  sessions,
  signInWays,
  totpCode,
  totpOffer,
} from './account.ts'
import { approval, approvalDecision, approvalPage, approvalQuery } from './approvals.ts'
import { auditChain, auditPage, auditQuery } from './audit.ts'
import {
  campaign,
  campaignChange,
  campaignCheck,
  campaignChoices,
  campaignDraft,
  campaignDryRun,
  campaignMove,
  campaignPage,
  campaignQuery,
  campaignReason,
  campaignTest,
  campaignTested,
} from './campaigns.ts'
import { careCalendar, careQuery } from './care.ts'
import { accepted, customerReply, liveRecharge, outbox, outboxQuery, receipt } from './contacts.ts'
import { effectQuery, effects } from './effects.ts'
import {
  exportBody,
  exported,
  exportPage,
  exportQuery,
  file,
  purposes,
  unmaskBody,
  unmasked,
} from './exports.ts'
import { listFromRuleBody, listImportQuery, listQuery, listReport, listShown, lists } from './lists.ts'
import { feeds, night, nights, stoppedNight } from './nights.ts'
import {
  imported,
  importQuery,
  madeStaff,
  newStaff,
  organisation,
  roleBody,
  roles,
  staffChange,
  staffList,
  staffQuery,
  standInBody,
  standInEnd,
  standIns,
  unitBody,
} from './organisation.ts'
import type { RouteId } from './routes.ts'
import {
  activateBody,
  askedRule,
  importedRules,
  retireBody,
  ruleBody,
  ruleFile,
  rulesBody,
  ruleVersions,
  savedRule,
} from './rule-life.ts'
import {
  backtestBody,
  precisionQuery,
  ruleBacktest,
  ruleCount,
  ruleDraft,
  ruleOverlap,
  rulePicture,
  ruleSensitivity,
  rulesPrecision,
} from './rule-preview.ts'
import { whyQuery, whyRules } from './rule-why.ts'
import { factors, rule, rules } from './rules.ts'
import {
  askedMap,
  mapBody,
  mapFile,
  mapReason,
  mapVersions,
  savedMap,
  segmentCustomers,
  segmentCustomersQuery,
  segmentMap,
  segmentMoves,
  segmentMovesQuery,
  segmentQuery,
  triedMap,
} from './segments.ts'
import { changePassword, done, health, session, signIn } from './session.ts'
import { factorHistory, historyQuery, subscriber, subscriberPage, subscriberQuery } from './subscribers.ts'
import {
  filledTag,
  importedTags,
  retireTagBody,
  savedTag,
  tag,
  tagBody,
  tagCustomersQuery,
  tagFile,
  tags,
  tagsBody,
  tagVersions,
} from './tags.ts'
import { dropBody, outcomeBody, outcomes, sendReply, task, taskPage, taskQuery } from './tasks.ts'
import { madeToken, newToken, tokens } from './tokens.ts'
import { warningPage, warningQuery } from './warnings.ts'

interface Endpoint {
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply: TSchema
}

/** What each route takes and answers with status 200. Anything else it answers is a `fault`. */
export const endpoints = {
  health: { reply: health },
  signIn: { body: signIn, reply: session },
  whoAmI: { reply: session },
  signOut: { reply: done },
  changePassword: { body: changePassword, reply: done },
  showSignInWays: { reply: signInWays },
  startOidc: { body: oidcStart, reply: oidcDeparture },
  finishOidc: { body: oidcReturn, reply: oidcSession },
  showAccount: { reply: account },
  chooseLanguage: { body: language, reply: done },
  listOwnSessions: { reply: sessions },
  endOwnSession: { reply: done },
  beginTotp: { body: provePassword, reply: totpOffer },
  confirmTotp: { body: totpCode, reply: recoveryCodes },
  endTotp: { body: provePassword, reply: done },
  listSessions: { reply: sessions },
  endSession: { reply: done },
  endTotpOf: { reply: done },
  resetPasswordOf: { reply: onePassword },
  listTokens: { reply: tokens },
  addToken: { body: newToken, reply: madeToken },
  revokeToken: { reply: done },
  showOrganisation: { reply: organisation },
  setUnit: { body: unitBody, reply: done },
  removeUnit: { reply: done },
  importOrganisation: { query: importQuery, reply: imported },
  listStaff: { query: staffQuery, reply: staffList },
  addStaff: { body: newStaff, reply: madeStaff },
  changeStaff: { body: staffChange, reply: done },
  listRoles: { reply: roles },
  setRole: { body: roleBody, reply: done },
  removeRole: { reply: done },
  listStandIns: { reply: standIns },
  setStandIn: { body: standInBody, reply: done },
  endStandIn: { body: standInEnd, reply: done },
  listTasks: { query: taskQuery, reply: taskPage },
  showTask: { reply: task },
  claimTask: { reply: task },
  recordOutcome: { body: outcomeBody, reply: task },
  dropTask: { body: dropBody, reply: task },
  sendTask: { reply: sendReply },
  listOutcomes: { reply: outcomes },
  findSubscribers: { query: subscriberQuery, reply: subscriberPage },
  showSubscriber: { reply: subscriber },
  showFactorHistory: { query: historyQuery, reply: factorHistory },
  unmaskValue: { body: unmaskBody, reply: unmasked },
  listPurposes: { reply: purposes },
  listLists: { query: listQuery, reply: lists },
  importList: { query: listImportQuery, reply: listReport },
  listFromRule: { body: listFromRuleBody, reply: listReport },
  showList: { reply: listShown },
  checkList: { reply: listReport },
  submitList: { reply: listShown },
  stopList: { reply: listShown },
  downloadListFaults: { reply: file },
  listExports: { query: exportQuery, reply: exportPage },
  askExport: { body: exportBody, reply: exported },
  showExport: { reply: exported },
  cancelExport: { reply: exported },
  downloadExport: { reply: file },
  listApprovals: { query: approvalQuery, reply: approvalPage },
  showApproval: { reply: approval },
  approve: { body: approvalDecision, reply: approval },
  reject: { body: approvalDecision, reply: approval },
  cancelApproval: { body: approvalDecision, reply: approval },
  listAudit: { query: auditQuery, reply: auditPage },
  verifyAudit: { reply: auditChain },
  listNights: { reply: nights },
  showNight: { reply: night },
  stopNight: { reply: stoppedNight },
  listRules: { reply: rules },
  showRule: { reply: rule },
  countDraft: { body: ruleDraft, reply: ruleCount },
  pictureDraft: { body: ruleDraft, reply: rulePicture },
  overlapDraft: { body: ruleDraft, reply: ruleOverlap },
  varyDraft: { body: ruleDraft, reply: ruleSensitivity },
  listCampaigns: { query: campaignQuery, reply: campaignPage },
  addCampaign: { body: campaignDraft, reply: campaign },
  listCampaignChoices: { reply: campaignChoices },
  checkCampaign: { body: campaignDraft, reply: campaignCheck },
  showCampaign: { reply: campaign },
  changeCampaign: { body: campaignChange, reply: campaign },
  submitCampaign: { body: campaignReason, reply: campaign },
  dryRunCampaign: { reply: campaignDryRun },
  testCampaign: { body: campaignTest, reply: campaignTested },
  moveCampaign: { body: campaignMove, reply: campaign },
  backtestDraft: { body: backtestBody, reply: ruleBacktest },
  listPrecision: { query: precisionQuery, reply: rulesPrecision },
  whyRules: { query: whyQuery, reply: whyRules },
  saveRule: { body: ruleBody, reply: savedRule },
  importRules: { body: rulesBody, reply: importedRules },
  listRuleVersions: { reply: ruleVersions },
  writeRule: { reply: ruleFile },
  activateRule: { body: activateBody, reply: askedRule },
  retireRule: { body: retireBody, reply: savedRule },
  listFactors: { reply: factors },
  showSegments: { query: segmentQuery, reply: segmentMap },
  listSegmentMoves: { query: segmentMovesQuery, reply: segmentMoves },
  listSegmentCustomers: { query: segmentCustomersQuery, reply: segmentCustomers },
  listTags: { reply: tags },
  showTag: { reply: tag },
  listTagCustomers: { query: tagCustomersQuery, reply: segmentCustomers },
  saveTag: { body: tagBody, reply: savedTag },
  importTags: { body: tagsBody, reply: importedTags },
  listTagVersions: { reply: tagVersions },
  writeTag: { reply: tagFile },
  activateTag: { reply: savedTag },
  retireTag: { body: retireTagBody, reply: savedTag },
  fillTag: { reply: filledTag },
  downloadTagFaults: { reply: file },
  tryMap: { body: mapBody, reply: triedMap },
  saveMap: { body: mapBody, reply: savedMap },
  activateMap: { body: mapReason, reply: askedMap },
  listMapVersions: { reply: mapVersions },
  writeMap: { reply: mapFile },
  showCare: { query: careQuery, reply: careCalendar },
  listWarnings: { query: warningQuery, reply: warningPage },
  listEffects: { query: effectQuery, reply: effects },
  listOutbox: { query: outboxQuery, reply: outbox },
  listFeeds: { reply: feeds },
  postRecharge: { body: liveRecharge, reply: accepted },
  postReceipt: { body: receipt, reply: accepted },
  postReply: { body: customerReply, reply: accepted },
} as const satisfies Record<RouteId, Endpoint>

type StaticOf<S> = S extends TSchema ? Static<S> : undefined
type Asked<K extends 'query' | 'body'> = {
  readonly [R in RouteId]: (typeof endpoints)[R] extends { readonly [k in K]: infer S }
    ? StaticOf<S>
    : undefined
}
type Queries = Asked<'query'>
type Bodies = Asked<'body'>
type Replies = { readonly [R in RouteId]: Static<(typeof endpoints)[R]['reply']> }

export type Query<R extends RouteId> = Queries[R]
export type Body<R extends RouteId> = Bodies[R]
export type Reply<R extends RouteId> = Replies[R]

/** The path parts of any route: what the carrier's keys and our ids may look like. */
export const pathParts = Type.Record(Type.String(), Type.String({ minLength: 1, maxLength: 80 }))
