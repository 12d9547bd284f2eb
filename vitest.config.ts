import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          {
            name: 'report-on-store',
            // Added here, so that --reporter=json does not take the closing lines of a run away.
            configureVitest: ({ vitest }) => void vitest.config.reporters.push(['./support/report/reporter.ts', {}]),
          },
        ],
        test: {
          name: 'specs',
          include: ['specs/**/*.spec.ts', 'support/**/*.store.test.ts'],
          globalSetup: 'support/targets/global-setup.ts',
          runner: 'support/report/runner.ts',
          // One worker keeps the SDK loaded for all of its files; threads end with the process that started them.
          pool: 'threads',
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
        },
      },
      { test: { name: 'support', include: ['support/**/*.test.ts'], exclude: ['support/**/*.store.test.ts'] } },
    ],
  },
})
