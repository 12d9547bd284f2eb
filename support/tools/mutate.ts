import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vitestCommand } from '../paths'
import { type Passing, startLiar } from '../proxy/liar'
import { storeNamed } from '../stores/stores'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'

// Would the specs notice a store that ignores a condition? `npm run mutate` puts a liar in front of the store that takes
// one conditional header away from one operation at a time, runs the specs against it, and says how many found out.
// A header that the store ignores anyway makes no difference: then the known deviations say so.

const operations: Record<string, (passing: Passing) => boolean> = {
  GetObject: ({ method, path }) => method === 'GET' && path.includes('x-id=GetObject'),
  HeadObject: ({ method }) => method === 'HEAD',
  CopyObject: ({ headers, path }) => 'x-amz-copy-source' in headers && !path.includes('partNumber='),
  UploadPartCopy: ({ headers, path }) => 'x-amz-copy-source' in headers && path.includes('partNumber='),
  PutObject: ({ method, headers, path }) =>
    method === 'PUT' && path.includes('x-id=PutObject') && !('x-amz-copy-source' in headers),
}

const onReads = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']
const onSources = onReads.map((header) => `x-amz-copy-source-${header}`)
const mutations: [string, string[]][] = [
  ['GetObject', onReads],
  ['HeadObject', onReads],
  ['CopyObject', [...onSources, 'if-match', 'if-none-match']],
  ['UploadPartCopy', onSources],
  ['PutObject', ['if-none-match']],
]

interface Report {
  testResults: { assertionResults: { meta: { verdict?: string } }[] }[]
}

/** Runs the specs against an endpoint; returns how many checks have an unexpected verdict. */
async function unexpected(endpoint: string, credentials: { accessKeyId: string; secretAccessKey: string }) {
  const file = join(tmpdir(), `s3cr-mutate-${process.pid}.json`)
  const args = [vitestCommand, 'run', '--project', 'specs', 'specs', '--reporter=json', `--outputFile=${file}`]
  const env = {
    ...process.env,
    S3_TARGET: 'endpoint',
    S3_ENDPOINT: endpoint,
    S3_RESULTS: `${file}.result`,
    // The store need not say its version itself.
    S3_STORE: `${store.name}@${store.version}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  await new Promise((resolve) => spawn(process.execPath, args, { env, stdio: 'ignore' }).on('close', resolve))
  const report: Report = JSON.parse(await readFile(file, 'utf8'))
  await Promise.all([rm(file), rm(`${file}.result`, { force: true })])
  const verdicts = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ meta }) => meta.verdict),
  )
  return verdicts.filter((verdict) => verdict?.includes('devia') && verdict !== 'known deviation').length
}

const target = await startTarget(readSettings(process.env), console.log)
const { endpoint, store } = target
const credentials = target.credentials ?? storeNamed(store.name).credentials
try {
  if (!endpoint || !credentials)
    throw new Error('npm run mutate needs a store of this machine, e.g. S3_TARGET=ministack.')
  console.log(target.headline)
  for (const [operation, headers] of mutations) {
    for (const header of headers) {
      const isMeant = operations[operation]
      const liar = await startLiar(
        endpoint,
        { request: (passing) => void (isMeant?.(passing) && delete passing.headers[header]) },
        credentials,
      )
      const found = await unexpected(liar.endpoint, credentials)
      await liar.close()
      console.log(`${operation} without ${header}: ${found > 0 ? `red, ${found} checks` : 'NOT NOTICED'}`)
    }
  }
} finally {
  await target.stop()
}
process.exit()
