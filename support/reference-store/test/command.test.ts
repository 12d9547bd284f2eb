import { once } from 'node:events'
import { cpSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildPackage } from './package.ts'
import { type Running, runNode, send, startNode } from './process.ts'

let built: ReturnType<typeof buildPackage>
const started: Running[] = []

beforeAll(() => {
  built = buildPackage()
}, 60_000)
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL')
})
afterAll(() => built.remove())

const bin = () => join(built.folder, 'bin/s3-reference-store.mjs')

async function start(...args: string[]): Promise<{ running: Running; endpoint: string }> {
  const running = startNode([bin(), ...args])
  started.push(running)
  const lines = await running.ready
  const endpoint = lines.find((line) => line.startsWith('AWS_ENDPOINT_URL_S3='))?.split('=')[1] ?? ''
  return { running, endpoint }
}

describe('the command prints the settings for clients, then ready', { timeout: 30_000 }, () => {
  test('The command prints the endpoint, the credentials, the region and the second user', async () => {
    const { running, endpoint } = await start()
    expect(running.stdout.split('\n')).toEqual([
      `AWS_ENDPOINT_URL_S3=${endpoint}`,
      'AWS_ACCESS_KEY_ID=test',
      'AWS_SECRET_ACCESS_KEY=test',
      'AWS_REGION=us-east-1',
      'AWS_DEFAULT_REGION=us-east-1',
      '# Second user: access key ID guest, secret access key guest, arn:aws:iam::000000000000:user/guest',
      'ready',
      '',
    ])
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(running.stderr).toBe('')
  })

  test('The command logs only conditional requests, with the facts behind each response', async () => {
    const { running, endpoint } = await start()
    const before = running.stdout.length
    await send(`${endpoint}/bucket`, 'PUT')
    await send(`${endpoint}/bucket/key`, 'PUT')
    expect((await send(`${endpoint}/bucket/key`, 'PUT', { 'if-none-match': '*' })).status).toBe(412)
    await expect.poll(() => running.stdout.length).toBeGreaterThan(before)
    const lines = running.stdout.slice(before).trimEnd().split('\n')
    expect(lines).toEqual([expect.stringMatching(/^PutObject bucket\/key.*\([A-Z]\d+.*\)$/)])
  })

  test('The command with --quiet logs no requests', async () => {
    const { running, endpoint } = await start('--quiet')
    const before = running.stdout
    await send(`${endpoint}/bucket`, 'PUT')
    await send(`${endpoint}/bucket/key`, 'PUT', { 'if-none-match': '*' })
    running.child.kill('SIGINT')
    expect(await running.ended).toBe(0)
    expect(running.stdout).toBe(before)
  })

  test('The command with --fault injects the fault', async () => {
    const { endpoint } = await start('--fault', 'conflict:PutObject:times=1')
    await send(`${endpoint}/bucket`, 'PUT')
    expect((await send(`${endpoint}/bucket/key`, 'PUT', { 'if-none-match': '*' })).status).toBe(409)
    expect((await send(`${endpoint}/bucket/key`, 'PUT', { 'if-none-match': '*' })).status).toBe(200)
  })

  test('The command with --verify-signatures rejects an invalid signature', async () => {
    const { endpoint } = await start('--verify-signatures')
    expect((await send(`${endpoint}/bucket`, 'PUT')).status).toBe(403)
  })

  test('The command warns when --host is not a loopback address', async () => {
    const { running } = await start('--host', '0.0.0.0')
    expect(running.stderr).toBe('Warning: with --host 0.0.0.0, other machines can read from and write to this store.\n')
  })
})

describe('a signal stops the command with exit code 0', { timeout: 30_000 }, () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('The command exits with code 0 on %s', async (signal) => {
    const { running, endpoint } = await start()
    running.child.kill(signal)
    expect(await running.ended).toBe(0)
    await expect(fetch(endpoint)).rejects.toThrow()
  })

  test('The command exits with code 0 even if a connection is open and a request is pending', async () => {
    const { running, endpoint } = await start('--fault', 'latency:*:ms=60000')
    const waiting = send(`${endpoint}/bucket`, 'PUT').catch((error) => error)
    await expect.poll(() => running.stdout).toContain('latency')
    running.child.kill('SIGTERM')
    expect(await running.ended).toBe(0)
    expect(await waiting).toBeInstanceOf(Error)
  })

  test('The command keeps running after stdout is closed, and exits with code 0 on SIGINT', async () => {
    const { running, endpoint } = await start()
    running.child.stdout?.destroy()
    await send(`${endpoint}/bucket`, 'PUT')
    for (let round = 0; round < 5; round++) {
      expect((await send(`${endpoint}/bucket/key`, 'PUT', { 'if-match': '"0"' })).status).toBe(404)
    }
    running.child.kill('SIGINT')
    expect(await running.ended).toBe(0)
  })
})

describe('the command fails with a one-line message', { timeout: 30_000 }, () => {
  test.each([
    [
      ['--port', 'x'],
      'Invalid --port x. Use a number from 1 to 65535, or omit the option. The default is a free port.',
    ],
    [
      ['--fault', 'conflict:GetObject'],
      expect.stringMatching(/^Invalid --fault conflict:GetObject: .* applies only to/),
    ],
  ])('The command fails with exit code 2 for %j', async (args, message) => {
    const { code, out, err } = await runNode([bin(), ...args])
    expect({ code, out, err: err.trimEnd() }).toEqual({ code: 2, out: '', err: message })
  })

  test('The command fails with exit code 1 when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { code, out, err } = await runNode([bin(), '--port', String(port)])
    other.close()
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toBe(
      `Port ${port} is already in use. Choose another port with --port, or omit --port to use any free port.\n`,
    )
  })

  test("The command fails with exit code 1 when --host is another machine's address", async () => {
    const { code, err } = await runNode([bin(), '--host', '192.0.2.1'])
    expect(code).toBe(1)
    expect(err).toMatch(/^192\.0\.2\.1 is not an address of this machine\. Choose another address with --host, .*\n$/)
  })

  test('The command with --help or --version prints the help or the version without starting a store', async () => {
    const help = await runNode([bin(), '--port', '4570', '--help'])
    expect(help).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Usage: s3-reference-store/) })
    const { version } = JSON.parse(readFileSync(join(built.folder, 'package.json'), 'utf8'))
    expect(await runNode([bin(), '--version'])).toEqual({ code: 0, err: '', out: `${version}\n` })
  })

  test('The command fails with a message that names the build command when dist does not exist', async () => {
    const other = join(built.folder, 'not-built')
    cpSync(join(built.folder, 'bin'), join(other, 'bin'), { recursive: true })
    const { code, out, err } = await runNode([join(other, 'bin/s3-reference-store.mjs')])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/Run npm run build/)
  })
})
