import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '../test'
import { test } from '../testing/run-suite'

// The output of a run on a store that has many deviations but no baseline.

/** Makes the store ignore the conditions in all requests except PUT. */
const ignoresConditions = {
  request: ({ method, headers }: { method: string; headers: Record<string, unknown> }) => {
    for (const name of Object.keys(headers)) if (method !== 'PUT' && name.startsWith('if-')) delete headers[name]
    return undefined
  },
}

test('ten failures are shown in full, further failures are grouped, and the JSON report contains all failures', async ({
  runSuite,
}) => {
  const { code, output, meta, folder } = await runSuite({
    args: ['specs/read/if-', 'specs/read/a-wildcard', 'specs/read/a-list'],
    tamper: ignoresConditions,
  })
  const deviations = Object.values(meta).filter(({ verdict }) => verdict === 'deviation')
  const closing = output.slice(output.indexOf(' checks hold, ')).split('\n')

  expect(deviations.length).toBeGreaterThan(15)
  expect(output.match(/^ ?FAIL /gm)).toHaveLength(10)
  expect(output).toContain(`${deviations.length - 10} more failures`)
  expect(closing.length).toBeLessThanOrEqual(27)
  expect(output).toMatch(
    /^✗ the status differs from that of Amazon S3: \d+ checks\n +\d+ × reads, If-\S+: 200, not \d+ /m,
  )
  const { numFailedTests } = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
  expect(numFailedTests).toBe(deviations.length)
  expect(code).toBe(1)
})

test('S3_DEVIATIONS=all shows every failure', async ({ runSuite }) => {
  const { output, meta } = await runSuite({
    args: ['specs/read/if-', 'specs/read/a-wildcard', 'specs/read/a-list'],
    tamper: ignoresConditions,
    env: { S3_DEVIATIONS: 'all' },
  })
  const deviations = Object.values(meta).filter(({ verdict }) => verdict === 'deviation')

  expect(output.match(/^ ?FAIL /gm)).toHaveLength(deviations.length)
  expect(output.match(/^deviation: /gm)).toHaveLength(deviations.length)
})
