import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'
import { NO_RESPONSE } from './support/errors.ts'
import { addReporter } from './support/vitest-internals.ts'

// The SDK's warning about future versions of Node is irrelevant to a run. Child processes inherit the variable.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** The reference store package exports its source under the condition `s3cr-source`. */
const CONDITIONS = ['s3cr-source', 'node', 'development|production']

/** Options for projects that send requests to the target. */
const onStore = {
  globalSetup: 'support/global-setup.ts',
  // Without isolation, a worker loads the SDK only once for all of its files. Threads end with their process.
  pool: 'threads',
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 30_000,
} as const

const reporter = './support/report/reporter.ts'

/** Only checks that got no response are repeated, each time with new fixtures. */
const retry = { count: 5, condition: new RegExp(`^${NO_RESPONSE}\\b`) }

export default defineConfig({
  // Lets Node resolve the AWS SDK. Vite would load the SDK's ES build, whose thousand files take seconds to load.
  resolve: {
    alias: { '@aws-sdk/client-s3': createRequire(import.meta.url).resolve('@aws-sdk/client-s3') },
    conditions: CONDITIONS,
  },
  ssr: { resolve: { conditions: CONDITIONS } },
  test: {
    // Specs mostly wait for the store, so two workers are enough. VITEST_MAX_WORKERS overrides this number.
    maxWorkers: 2,
    maxConcurrency: 5,
    runner: 'support/verdicts/runner.ts',
    outputFile: { html: 'reports/html/index.html' },
    reporters: [reporter, ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : [])],
    // Hides the SDK's warnings about streams, which say nothing about the store.
    onConsoleLog: (log) => !/non-retryable streaming request|Stream of unknown length/.test(log),
    projects: [
      {
        extends: true,
        plugins: [
          {
            name: 'report-on-store',
            // Added in this hook, because --reporter=json replaces the reporters that are configured above.
            configureVitest: ({ vitest }) => addReporter(vitest, reporter),
          },
        ],
        test: { ...onStore, name: 'specs', include: ['specs/**/*.spec.ts'], retry, sequence: { concurrent: true } },
      },
      {
        extends: true,
        // Some tests start several runs, and the machine may be busy.
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
        // These tests pack and install the reference store with npm.
        test: { name: 'pack', include: ['support/**/*.pack.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
