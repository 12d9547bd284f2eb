import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, type TaskMeta } from 'vitest'
import type { Observation } from '../observation'
import { root, vitestCommand } from '../paths'
import { removeRunBuckets } from '../targets/buckets'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import { connect, type RunningTarget, type Target } from '../targets/target'
import { test as base } from '../test'
import type {} from '../verdicts/meta'
import type { CheckResult } from '../verdicts/result-file'
import { type ForwardedRequest, startTamperingProxy, type Tamper } from '../wire/tampering-proxy'
import { type Fault, startFaultyCloud } from './faulty-cloud'
import { exampleOf } from './results'
import { runProgram } from './run-program'

/** The results of running the suite in a separate process. */
export interface SuiteRun {
  readonly code: number | null
  /** Everything written to stdout and stderr, without colour codes. */
  readonly output: string
  /** Names of the buckets that the run did not remove. */
  readonly left: readonly string[]
  /** The `meta` of each test, by title. */
  readonly meta: Readonly<Record<string, Partial<TaskMeta>>>
  /** The folder with the report, the results and other files of the run. */
  readonly folder: string
}

export interface SuiteOptions {
  readonly tamper?: Tamper
  /** Chooses the fault that a second proxy injects into a request. If absent, no faults are injected. */
  readonly fault?: (request: ForwardedRequest) => Fault | undefined
  /** The number of milliseconds by which the store's clock appears to run ahead, as simulated by the second proxy. */
  readonly clock?: number
  /** The baseline. Maps the id of a check to the observations of a known deviation, or to a complete entry. */
  readonly known?: Readonly<Record<string, readonly Observation[] | CheckResult>>
  /** `name@version` of the misbehaving store. */
  readonly store?: string
  /** Filters and options for Vitest; `{folder}` is replaced by the folder of the run. */
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** The root of a copy of the suite to run instead of this suite. */
  readonly in?: string
  readonly projects?: readonly string[]
}

interface Report {
  testResults: { assertionResults: { title: string; meta: Partial<TaskMeta> }[] }[]
}

/**
 * Vitest's `test`, extended with a `runSuite` fixture that runs the suite in a separate Vitest process, as a user
 * would. That process sends its requests to a tampering proxy in front of this run's store.
 */
export const test = base.extend('runSuite', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-suite-'))
  const target: Target = inject('target')
  const started: RunningTarget | undefined = target.endpoint ? undefined : await startTarget(readSettings({}), () => {})
  onCleanup(async () => {
    await started?.stop()
    await rm(folder, { recursive: true })
  })
  const { endpoint = '', credentials } = started ?? target

  return async (options: SuiteOptions): Promise<SuiteRun> => {
    const { tamper = {}, known = {}, store = 'a-store@misbehaving', args, env = {}, projects = ['specs'] } = options
    const proxy = await startTamperingProxy(endpoint, tamper, credentials)
    const cloud = await startFaultyCloud(proxy.endpoint, options.fault ?? (() => undefined), options.clock)
    const [report, S3_BASELINE] = [join(folder, 'report.json'), join(folder, 'baseline.json')]
    await writeFile(S3_BASELINE, baselineOf(known))
    const { code, output } = await runProgram(
      process.execPath,
      [
        vitestCommand,
        'run',
        ...projects.flatMap((project) => ['--project', project]),
        ...args.map((arg) => arg.replace('{folder}', folder)),
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...(args.some((arg) => arg.startsWith('--reporter')) ? [] : ['--reporter=./support/report/reporter.ts']),
      ],
      {
        cwd: options.in ?? root,
        env: {
          ...process.env,
          ...(credentials && {
            AWS_ACCESS_KEY_ID: credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          }),
          NO_COLOR: '1',
          S3_TARGET: 'endpoint',
          S3_ENDPOINT: options.fault || options.clock ? cloud.endpoint : proxy.endpoint,
          S3_STORE: store,
          // Without this setting, each run would spend more time probing the store than running its few checks.
          S3_UNSUPPORTED: 'nothing',
          S3_BASELINE,
          S3_RESULTS: join(folder, 'results.json'),
          ...env,
        },
      },
    )
    await cloud.close()
    await proxy.close()
    // If the proxy did not respond, the run could not remove its own buckets, so they are removed here.
    const left: string[] = []
    for (const [, runId = ''] of output.matchAll(/s3cr-(\w{10})-/g)) {
      left.push(...(await removeRunBuckets(connect(started ?? target), runId)))
    }
    const { testResults } = JSON.parse(await readFile(report, 'utf8').catch(() => '{"testResults":[]}')) as Report
    const results = testResults.flatMap(({ assertionResults }) => assertionResults)
    // A run whose setup fails reports no tests at all, not even as skipped.
    if (args.includes('-t') && results.length && !results.some(({ meta }) => meta.verdict)) {
      throw new Error(`No test ran with the arguments ${args.join(' ')}. Check that -t matches a title.\n${output}`)
    }
    return {
      code,
      output,
      left,
      meta: Object.fromEntries(results.map(({ title, meta }) => [title, meta])),
      folder,
    }
  }
})

/** Returns a baseline for the misbehaving store, as JSON. */
function baselineOf(known: NonNullable<SuiteOptions['known']>): string {
  const cause = 'for-this-test'
  const checks = Object.entries(known).map(([id, entry]) => {
    return [id, 'verdict' in entry ? entry : { verdict: 'known deviation', severity: 'data', observed: entry, cause }]
  })
  const store = { name: 'a-store', version: 'misbehaving', how: 'endpoint' } as const
  return JSON.stringify(exampleOf(Object.fromEntries(checks), { store }))
}
