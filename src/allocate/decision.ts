import type { ControlGroup } from './control.ts'
import type { Proposal } from './proposal.ts'
import type { Reason } from './reason.ts'

/** The answer to one proposal. `control`: it would have been acted on, and is kept aside on purpose. */
export interface Decision {
  readonly proposal: Proposal
  readonly managerId: string | null
  readonly result: 'act' | 'control' | 'refused'
  readonly control: ControlGroup | null
  readonly reason: Reason
}
