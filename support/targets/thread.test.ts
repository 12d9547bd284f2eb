import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test as base, describe, expect, vi } from 'vitest'
import { root } from '../paths'
import { reference } from '../stores/reference/store'
import type { Store } from '../stores/store'
import { startThread } from './thread'

/** A server that exits on a request for `/exit` and crashes on a request for `/crash`. */
const SERVER = `
  import { createServer } from 'node:http'
  import { parentPort } from 'node:worker_threads'
  const server = createServer(({ url }, response) => {
    if (url === '/exit') process.exit(7)
    if (url === '/crash') setImmediate(() => { throw new Error('out of luck') })
    response.end()
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage('http://127.0.0.1:' + server.address().port))
`

const test = base.extend('storeOf', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-thread-'))
  onCleanup(() => rm(folder, { recursive: true }))
  return async (code: string): Promise<Store> => {
    const file = join(folder, 'worker.ts')
    await writeFile(file, code)
    return { name: 'fake', title: 'Fake', version: '1.0', unsupported: {}, thread: { module: pathToFileURL(file) } }
  }
})

const responds = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

describe('a store as a thread', { timeout: 30_000 }, () => {
  test('responds until it is stopped, and stopping it is not reported', async ({ storeOf }) => {
    const onEnd = vi.fn()
    const { endpoint, version, stop } = await startThread(await storeOf(SERVER), onEnd)
    expect(version).toBe('1.0')
    expect(await responds(endpoint)).toBe(true)

    await stop()

    expect(await responds(endpoint)).toBe(false)
    expect(onEnd).not.toHaveBeenCalled()
  })

  test.for([
    ['/crash', 'Fake 1.0 exited during the run: Error: out of luck'],
    ['/exit', 'Fake 1.0 exited during the run: its thread exited with code 7'],
  ] as const)('reports why it exited: %s', async ([path, message], { storeOf }) => {
    const lines: string[] = []
    const { endpoint, stop } = await startThread(await storeOf(SERVER), (line) => void lines.push(line))

    await responds(`${endpoint}${path}`)

    await vi.waitUntil(() => lines.length > 0, { timeout: 20_000 })
    expect(lines).toEqual([expect.stringContaining(message)])
    expect(await responds(endpoint)).toBe(false)
    await stop()
  })

  test.for([
    [`throw new Error('no luck')`, 'Error: no luck'],
    ['process.exit(3)', 'its thread exited with code 3'],
    [`import 'no-such-package'`, 'Could not resolve "no-such-package"'],
  ] as const)('that does not start causes an error with the reason: %s', async ([code, message], { storeOf }) => {
    await expect(startThread(await storeOf(code), () => {})).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringMatching(/^Fake 1\.0 did not start: /),
      missing: undefined,
    })
    await expect(startThread(await storeOf(code), () => {})).rejects.toThrow(message)
  })

  base('is the reference store of this checkout', async () => {
    const { endpoint, version, stop } = await startThread(reference, () => {})

    expect(await reference.identify?.(endpoint)).toBe(version)
    await stop()
  })

  base.for(['SIGINT', 'SIGKILL', 'exit', 'crash'] as const)('ends with its process: %s', async (end) => {
    const run = `
      import { readSettings } from './support/targets/settings.ts'
      import { startTarget } from './support/targets/start.ts'
      const { endpoint } = await startTarget(readSettings({ S3_TARGET: 'reference' }), console.error)
      console.log(endpoint)
      setInterval(() => {}, 1_000)
      process.stdin.once('data', (end) => {
        if (String(end) === 'exit') process.exit(1)
        throw new Error('crash')
      })
    `
    const args = ['--import', 'tsx', '--conditions=s3cr-source', '--input-type=module', '-e', run]
    const runner = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] })
    const ended = once(runner, 'exit')
    const [endpoint] = await once(runner.stdout, 'data')
    expect(await responds(String(endpoint).trim())).toBe(true)

    if (end === 'exit' || end === 'crash') runner.stdin.write(end)
    else runner.kill(end)

    await ended
    expect(await responds(String(endpoint).trim())).toBe(false)
  })
})
