import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

// Which Node versions the SDK will support next year is not what a run is about. Here for all that a run starts, too.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

/** What sends requests to the target; `npm run record` runs the specs alone. */
const onStore = {
  globalSetup: 'support/global-setup.ts',
  // One worker keeps the SDK loaded for all of its files; threads end with the process that started them.
  pool: 'threads',
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 30_000,
} as const

/** A check to which the store gave no answer is repeated with fresh fixtures; explain.ts heads it so. No other is. */
const silence = { count: 5, condition: /^No answer of the store/ }

export default defineConfig({
  // The AWS SDK as Node itself would load it. Left alone, Vite takes the thousand files of its other build: seconds.
  resolve: { alias: { '@aws-sdk/client-s3': createRequire(import.meta.url).resolve('@aws-sdk/client-s3') } },
  test: {
    // The tests of a spec wait for the store most of the time. VITEST_MAX_WORKERS=1 makes it one.
    maxWorkers: 2,
    maxConcurrency: 5,
    runner: 'support/judge/runner.ts',
    outputFile: { html: 'reports/html/index.html' },
    // Where nobody watches, a green run says little. A reporter that is chosen takes the place of these.
    reporters: [
      process.stdout.isTTY ? './support/results/few.ts' : './support/results/quiet.ts',
      ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : []),
    ],
    // That the SDK sends a stream only once, and takes an empty body for one, says nothing of a store.
    onConsoleLog: (log) => !/non-retryable streaming request|Stream of unknown length/.test(log),
    projects: [
      {
        extends: true,
        plugins: [
          {
            name: 'report-on-store',
            // Added here, so that --reporter=json does not take the closing lines of a run away.
            configureVitest: ({ vitest }) => void vitest.config.reporters.push(['./support/results/reporter.ts', {}]),
          },
        ],
        test: { ...onStore, name: 'specs', include: ['specs/**/*.spec.ts'], retry: silence },
      },
      {
        extends: true,
        // Some start whole runs, several at a time, and the machine may be busy with something else.
        test: { ...onStore, name: 'store', include: ['support/**/*.store.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'support', include: ['support/**/*.test.ts'], exclude: ['support/**/*.store.test.ts'] },
      },
    ],
  },
})
