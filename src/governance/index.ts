export { demoStaff, firstAdministrator } from './accounts.ts'
export { audit } from './audit.ts'
export { shownTo } from './mask.ts'
export { growOrganisation, type OrganisationNode, organisation } from './organisation.ts'
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
export { changePassword, signIn, signOut, staffOf } from './sign-in.ts'
export { listStaff, type Staff } from './staff.ts'
