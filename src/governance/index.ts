export { type DemoAccount, demoStaff, firstAdministrator } from './accounts.ts'
export type { Approval, ApprovalKind, ApprovalKinds, ApprovalLevel, Decider } from './approval.ts'
export { approvals } from './approvals.ts'
export { type AuditEntry, audit } from './audit.ts'
export { auditTrail } from './audit-trail.ts'
export { permissionMissing } from './faults.ts'
export { fileReader, type PersonalKind, personalFields, shownTo } from './mask.ts'
export { type OidcProvider, oidc } from './oidc.ts'
export {
  growOrganisation,
  holdsRoot,
  type MovedUnit,
  nodeLevels,
  type OrganisationNode,
  organisation,
  organisationOn,
  type PlacedNode,
  removeNode,
  subscribersByUnit,
} from './organisation.ts'
export { organisationFaults } from './organisation-faults.ts'
export {
  type FaultyLine,
  type ImportedStaff,
  type ImportLine,
  importing,
} from './organisation-import.ts'
export { ownAccount } from './own-account.ts'
export { oneTimePassword } from './password.ts'
export { assignManagers, type PlacedSubscriber, placedOn, responsibleFor } from './responsibility.ts'
export { type ListedRole, listRoles, type RoleWanted, removeRole, setRole } from './role-book.ts'
export {
  builtInRoles,
  can,
  type Holder,
  type Permission,
  permissions,
  type RoleDefinition,
} from './roles.ts'
export { holderOn, type Post, permissionsIn, postsOf, scopeFor, scopeOf } from './scope.ts'
export {
  endSession,
  type From,
  listSessions,
  type OpenSession,
  type SignedIn,
  sessionOf,
  signOut,
  staffOf,
} from './session.ts'
export { settingBook } from './settings.ts'
export { changePassword, provePassword, signIn } from './sign-in.ts'
export { addStaff, listStaff, type NewStaff, type Staff } from './staff.ts'
export {
  changeStaff,
  type ListedStaff,
  type StaffChange,
  staffPlacedOn,
  staffWithin,
} from './staff-change.ts'
export { endStandIn, listStandIns, type StandIn, standIn } from './stand-in.ts'
export { countSubscribersWithin, subscribersWithin } from './subscribers-within.ts'
export type { NodeLevel } from './tables.ts'
export { type TokenShown, tokens } from './token.ts'
export { twoStep } from './totp.ts'
export { type Purpose, purposes, unmask } from './unmask.ts'
export { openVault, type Vault } from './vault.ts'
