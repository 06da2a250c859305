import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with one plain line: "12 passed, 0 failed, 1 skipped". */
// biome-ignore lint/style/noDefaultExport: Vitest loads a reporter by its default export
export default class PlainCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) count.failed++
      for (const test of module.children.allTests()) count[test.result().state]++
    }
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`)
  }
}
