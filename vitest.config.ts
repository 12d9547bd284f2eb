import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'
import { NO_RESPONSE } from './support/errors.ts'
import { addReporter } from './support/vitest-internals.ts'

// Which Node versions the SDK will support next year is not what a run is about. Here for all that a run starts, too.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** The reference store is used from its source, which its package exports under this condition. */
const CONDITIONS = ['s3cr-source', 'node', 'development|production']

/** What sends requests to the target. */
const onStore = {
  globalSetup: 'support/global-setup.ts',
  // One worker keeps the SDK loaded for all of its files; threads end with the process that started them.
  pool: 'threads',
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 30_000,
} as const

/** Says what a run does and how the store did. */
const reporter = './support/report/reporter.ts'

/** A check that got no response is repeated with new fixtures. No other is. */
const retry = { count: 5, condition: new RegExp(`^${NO_RESPONSE}\\b`) }

export default defineConfig({
  // The AWS SDK as Node itself would load it. Left alone, Vite takes the thousand files of its other build: seconds.
  resolve: {
    alias: { '@aws-sdk/client-s3': createRequire(import.meta.url).resolve('@aws-sdk/client-s3') },
    conditions: CONDITIONS,
  },
  ssr: { resolve: { conditions: CONDITIONS } },
  test: {
    // The tests of a spec wait for the store most of the time. VITEST_MAX_WORKERS=1 makes it one.
    maxWorkers: 2,
    maxConcurrency: 5,
    runner: 'support/verdicts/runner.ts',
    outputFile: { html: 'reports/html/index.html' },
    reporters: [reporter, ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : [])],
    // That the SDK sends a stream only once, and takes an empty body for one, says nothing of a store.
    onConsoleLog: (log) => !/non-retryable streaming request|Stream of unknown length/.test(log),
    projects: [
      {
        extends: true,
        plugins: [
          {
            name: 'report-on-store',
            // Added here, so that --reporter=json does not take the closing lines of a run away.
            configureVitest: ({ vitest }) => addReporter(vitest, reporter),
          },
        ],
        test: { ...onStore, name: 'specs', include: ['specs/**/*.spec.ts'], retry, sequence: { concurrent: true } },
      },
      {
        extends: true,
        // Some start whole runs, several at a time, and the machine may be busy with something else.
        test: { ...onStore, name: 'store', include: ['support/**/*.store.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'support',
          include: ['support/**/*.test.ts'],
          exclude: ['support/**/*.{store,pack}.test.ts', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        // Packs and installs the reference store, with npm.
        test: { name: 'pack', include: ['support/**/*.pack.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
