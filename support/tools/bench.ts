import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../errors'
import { root } from '../paths'
import { versitygw } from '../stores/versitygw/store'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import { runProgram } from '../testing/run-program'
import { readResult } from '../verdicts/stored-results'

// Compares the speed of the suite with that of versitygw's own tests of conditional requests. `npm run bench` runs the
// suite and these tests in turn, against the same versitygw process. The suite runs only the specs for the operations
// that versitygw's tests cover. The times include startup and cleanup.

const ROUNDS = 5

const FOLDERS = [
  'read',
  'copy-source',
  'copy-destination',
  'combinations',
  'write',
  'complete-multipart-upload',
  'delete',
]

const VERSITYGW_TESTS = [
  'GetObject_conditional_reads',
  'HeadObject_conditional_reads',
  'CopyObject_conditional_reads',
  'UploadPartCopy_conditional_reads',
  'PutObject_conditional_writes',
  'CompleteMultipartUpload_conditional_writes',
  'DeleteObject_conditional_writes',
]
/** The reported number of cases (table rows) in VERSITYGW_TESTS for versitygw 1.8.0. The number is not verified. */
const ROWS = 578

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const settings = readSettings({ S3_TARGET: `${versitygw.name}-process` })
const folder = mkdtempSync(join(tmpdir(), 's3cr-bench-'))
const target = await startTarget(settings, console.log)
try {
  console.log(target.headline)
  const { endpoint = '', credentials, store } = target
  // `startTarget` has already installed versitygw, so this call only returns the path of the executable.
  const program = (await versitygw.process?.install({ log: console.log, watch: () => () => {} }))?.command(0, '').file
  if (!credentials || !program) throw new SetupError('Could not find the versitygw executable or its credentials.')
  const S3_RESULTS = join(folder, 'results.json')
  // The versitygw tests use the AWS SDK for Go, which rejects AWS_CA_BUNDLE if the endpoint uses HTTP.
  const { AWS_CA_BUNDLE: _, S3_TARGET: __, ...env } = process.env
  const keys = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }
  const S3_STORE = `${store.name}@${store.version}`

  const suite = async () => {
    rmSync(S3_RESULTS, { force: true })
    const specs = FOLDERS.map((name) => `specs/${name}/`)
    const target = { S3_ENDPOINT: endpoint, S3_STORE, S3_RESULTS }
    const options = { cwd: root, env: { ...env, ...keys, ...target } }
    const { output } = await runProgram('npm', ['test', '--', ...specs], options)
    if (!existsSync(S3_RESULTS)) throw new SetupError(`The suite exited without writing results:\n${output}`)
  }
  const versitygwTests = async () => {
    for (const test of VERSITYGW_TESTS) {
      const { code, output } = await runProgram(program, ['test', '-e', endpoint, test], { env: { ...env, ...keys } })
      if (code !== 0) throw new SetupError(`${test} failed with exit code ${code}:\n${output}`)
    }
  }

  const times = { suite: [] as number[], versitygw: [] as number[] }
  for (let round = 1; round <= ROUNDS; round++) {
    times.suite.push(await secondsOf(suite))
    times.versitygw.push(await secondsOf(versitygwTests))
    console.log(
      `round ${round}: suite ${times.suite.at(-1)?.toFixed(2)} s, versitygw ${times.versitygw.at(-1)?.toFixed(2)} s`,
    )
  }
  const checks = Object.keys(readResult(S3_RESULTS).checks).length
  const rate = (count: number, seconds: readonly number[]) =>
    `${count} in ${median(seconds).toFixed(2)} s, ${(count / median(seconds)).toFixed(0)} per second`
  console.log(`suite (checks):        ${rate(checks, times.suite)}`)
  console.log(`versitygw (table rows): ${rate(ROWS, times.versitygw)}`)
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  await target.stop()
  rmSync(folder, { recursive: true, force: true })
}
