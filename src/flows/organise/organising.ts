import {
  addColleague,
  changeColleague,
  changeRole,
  dropRole,
  dropStandIn,
  dropUnit,
  setStandIn,
  setUnit,
} from './change.ts'
import { importOrganisation } from './import.ts'
import { showOrganisation, showRoles, showStaff, showStandIns } from './show.ts'

/** All that is asked and changed of units, staff, roles and stand-ins. */
export const organising = {
  showOrganisation,
  setUnit,
  dropUnit,
  importOrganisation,
  showStaff,
  addColleague,
  changeColleague,
  showRoles,
  changeRole,
  dropRole,
  showStandIns,
  setStandIn,
  dropStandIn,
}
