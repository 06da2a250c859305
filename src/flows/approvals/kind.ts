import type { ApprovalKind } from '#governance'

export interface Kind extends ApprovalKind {
  /** Once the decision stands: begins the job that it wrote. */
  afterwards(): void
}
