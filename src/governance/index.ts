export { demoStaff, firstAdministrator } from './accounts.ts'
export { audit } from './audit.ts'
export { shownTo } from './mask.ts'
export { beginOidc, finishOidc, type OidcProvider } from './oidc.ts'
export { growOrganisation, type OrganisationNode, organisation } from './organisation.ts'
export { chooseLanguage, endTotpOf } from './own-account.ts'
export { assignManagers, responsibleFor } from './responsibility.ts'
export {
  allPermissions,
  builtInRoles,
  can,
  type Holder,
  type Permission,
  permissions,
  type RoleDefinition,
} from './roles.ts'
export { scopeOf, standIn } from './scope.ts'
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
export { changePassword, provePassword, signIn } from './sign-in.ts'
export { listStaff, type Staff } from './staff.ts'
export {
  addToken,
  listTokens,
  revokeToken,
  type TokenShown,
  tokenHolder,
  tokenPermissions,
} from './token.ts'
export { beginTotp, confirmTotp, endTotp, totpState } from './totp.ts'
