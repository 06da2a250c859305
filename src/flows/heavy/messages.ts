import type { Fault, Progress } from '#kernel'
import type { WarehouseOptions } from '#warehouse'
import type { Ground, JobId, Order } from './jobs.ts'

/** What is said to the process that does heavy work. The first thing it hears is `begin`. */
export type Told =
  | { readonly say: 'begin'; readonly ground: Ground; readonly engine: WarehouseOptions }
  | { readonly say: 'do'; readonly job: JobId; readonly order: Order<JobId> }
  | { readonly say: 'stop' }

/** What it says of the work in hand: how far it is, and once how it ended. `bug`: an error that is nobody's fault. */
export type Heard =
  | { readonly say: 'progress'; readonly progress: Progress }
  | { readonly say: 'done'; readonly answer: unknown }
  | { readonly say: 'fault'; readonly fault: Fault }
  | { readonly say: 'bug'; readonly message: string; readonly stack: string | undefined }
