export type { Serve } from './invocation.ts'
export { run } from './run.ts'
