import { defineConfig } from 'vitest/config'

const alone = ['kill-night', 'night-child', 'start', 'first-start'].map(name => `test/${name}.test.ts`)

/** unit: pure and in-process DuckDB. desk18/desk15: the same files on the PostgreSQL inside and on Debian's 15. journeys: the whole product. alone: those of them that kill, or ask how soon something stops. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/plain-count.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{src,tools,web}/**/*.test.ts'], exclude: ['**/*.desk.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'desk18',
          include: ['src/**/*.desk.test.ts'],
          globalSetup: ['test/support/desk18.setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'desk15',
          include: ['src/**/*.desk.test.ts'],
          globalSetup: ['test/support/desk15.setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          globalSetup: ['test/support/template.setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          globalSetup: ['test/support/template.setup.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
