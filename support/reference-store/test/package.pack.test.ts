import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { home, root, tsc } from './package.ts'
import { startNode } from './process.ts'

// Tests the package as published: packed, then installed in an empty folder.

/** The environment for child processes, without variables that configure Vitest, Node, npm or AWS. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|NODE_OPTIONS|npm_|AWS_)/.test(name)),
)

/** A temporary folder for an application that uses the package. */
const application = realpathSync(mkdtempSync(join(tmpdir(), 's3-reference-store-')))
const installed = join(application, 'node_modules/s3-reference-store')
let tarball: string

/** Runs a program, and returns its stdout. @throws Error with the output if the program fails */
function run(program: string, args: readonly string[], cwd = application): string {
  const shell = process.platform === 'win32' && program !== process.execPath
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, shell, encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited with code ${status}:\n${stdout}${stderr}`)
  return stdout
}

const node = (...args: string[]) => run(process.execPath, args)
const tool = (name: string, ...args: string[]) => node(join(root, 'node_modules/.bin', name), ...args)

function filesIn(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  return all
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
}

/**
 * Returns the README's code blocks, each keyed by the file name on its first line. The tests do not run the blocks for
 * Jest, pytest or Go.
 */
function examples(): Map<string, string> {
  const readme = readFileSync(join(installed, 'README.md'), 'utf8')
  const blocks = readme.matchAll(/^```\w+\n(?:\/\/|#) ([\w.-]+\.\w+)\n(.*?)^```$/gms)
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]))
}

beforeAll(() => {
  run('npm', ['run', 'build'], home)
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', application], home)
  tarball = join(application, readdirSync(application).find((name) => name.endsWith('.tgz')) ?? '')
  writeFileSync(join(application, 'package.json'), '{ "private": true }')
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball])
}, 180_000)
afterAll(() => rmSync(application, { recursive: true, force: true }))

test('The tarball is at most 300 kB in size, and contains neither tests nor sources', () => {
  const size = statSync(tarball).size
  console.log(`The tarball is ${(size / 1000).toFixed(1)} kB in size.`)
  expect(size).toBeLessThanOrEqual(300_000)
  const files = filesIn(installed)
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
  )
  const expected = /^(LICENSE|README\.md|package\.json|bin\/s3-reference-store\.mjs|dist\/.*(?<!\.test)(\.js|\.d\.ts))$/
  expect(files.filter((file) => !expected.test(file))).toEqual([])
})

test('The package has one dependency', () => {
  const { packages } = JSON.parse(readFileSync(join(application, 'package-lock.json'), 'utf8'))
  const names = Object.keys(packages).filter((name) => name !== '' && name !== 'node_modules/s3-reference-store')
  expect(names).toEqual(['node_modules/@xmldom/xmldom'])
})

test('publint and attw report no problems', () => {
  expect(tool('publint', 'run', tarball, '--strict')).toContain('All good!')
  tool('attw', tarball, '--profile', 'esm-only')
})

test('A plain JavaScript test can use the package', () => {
  cpSync(join(home, 'test/consumer/store.test.mjs'), join(application, 'store.test.mjs'))
  expect(node('--test', '--test-reporter=tap', 'store.test.mjs')).toMatch(/^# pass 4$.*^# fail 0$/ms)
})

test('CommonJS can load the package', () => {
  const code = "console.log(typeof require('s3-reference-store').startReferenceStore)"
  expect(node('--eval', code)).toBe('function\n')
})

test('The package exports one function', () => {
  const code = "import * as all from 's3-reference-store'; console.log(Object.keys(all).join())"
  expect(node('--input-type=module', '--eval', code)).toBe('startReferenceStore\n')
})

test('The README examples for Vitest and node:test pass', () => {
  for (const [name, code] of examples()) writeFileSync(join(application, name), code)
  for (const name of ['@aws-sdk', 'vitest']) {
    symlinkSync(join(root, 'node_modules', name), join(application, 'node_modules', name), 'junction')
  }
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  expect(node(vitest, 'run', '--reporter=tap', 'create-once.test.ts')).toMatch(/^ok 1 - create-once\.test\.ts/m)
  expect(node('--test', '--test-reporter=tap', 'lost-response.test.mjs')).toMatch(/^# pass 1$.*^# fail 0$/ms)
})

test("A TypeScript consumer compiles without Node's types", () => {
  const consumer = join(application, 'consumer')
  mkdirSync(consumer)
  cpSync(join(home, 'test/consumer/types.mts'), join(consumer, 'types.mts'))
  const compilerOptions = { module: 'node16', target: 'es2022', strict: true, noEmit: true, types: [] }
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['types.mts'] }))
  node(tsc, '-p', consumer)
})

test('The command npx s3-reference-store --help prints the usage', () => {
  expect(run('npx', ['--no', 's3-reference-store', '--', '--help'])).toMatch(/^Usage: s3-reference-store/)
})

test.skipIf(process.platform === 'win32')(
  'The command exits when the npx process that started it is terminated',
  async () => {
    const child = spawn('npx', ['--no', 's3-reference-store'], {
      cwd: application,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text
    })
    await expect.poll(() => out, { timeout: 20_000 }).toContain('ready')
    child.kill('SIGTERM')
    // The stdout pipe closes only after every process that writes to it has exited.
    await once(child, 'close')
  },
)

test('The command is ready within 3 seconds', async () => {
  const begin = performance.now()
  const running = startNode([join(installed, 'bin/s3-reference-store.mjs')])
  await running.ready
  const milliseconds = performance.now() - begin
  console.log(`The command was ready after ${milliseconds.toFixed(0)} ms.`)
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
  expect(milliseconds).toBeLessThan(3_000)
})
