import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, describe, expect } from 'vitest'
import { createVitest, type Reporter } from 'vitest/node'
import { root, vitestCommand } from './paths'
import { addReporter, replaceReporters, reportersOf } from './vitest-internals'

// Tests undocumented Vitest behaviour that the suite depends on, so that we notice if an upgrade changes it.

const internals = JSON.stringify(join(root, 'support', 'vitest-internals.ts'))

const RUNNER = `
import { TestRunner } from 'vitest'
import { attemptIn, beginAttempt, isAbort, replaceErrors, retriesOf, roundsOf, setRounds } from ${internals}

export default class extends TestRunner {
  async onBeforeRunTask(test) {
    await super.onBeforeRunTask(test)
    Object.assign(test.meta, { before: roundsOf(test) ?? 'none', retries: retriesOf(test), attempts: [] })
    if (test.name === 'a race') setRounds(test, 12)
  }

  onBeforeTryTask(test, options) {
    super.onBeforeTryTask(test)
    test.meta.attempts.push(attemptIn(options))
  }

  async onAfterRunTask(test) {
    await super.onAfterRunTask(test)
    replaceErrors(test, ({ name }) => ({ name, message: 'replaced' }))
  }

  async runTask(test) {
    beginAttempt(test)
    await test.context.annotate('attempt')
    try {
      await TestRunner.getTestFn(test)()
    } catch (error) {
      test.meta.isAbort = isAbort(error)
      throw error
    }
  }
}
`

const SPEC = `
import { test as base } from 'vitest'
let made = 0
const test = base.extend('fixture', () => ++made)
let runs = 0

test('a race', { repeats: 2 }, ({ fixture, task }) => void (task.meta.fixture = fixture))
test('a check', () => {})
test('a check that fails at first', () => {
  if (++runs === 1) throw new Error('AGAIN: whatever')
})
test('a check that fails otherwise', () => {
  throw new Error('whatever: AGAIN')
})
`

const CONFIG = `
export default { test: { runner: './runner.ts', retry: { count: 2, condition: /^AGAIN\\b/ } } }
`

/** A small project in a temporary folder, with functions to write its files and to run Vitest in it. */
const test = base.extend('project', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-vitest-'))
  onCleanup(() => rm(folder, { recursive: true }))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const write = async (files: Record<string, string>) => {
    await mkdir(folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  }
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [vitestCommand, 'run', ...args], { cwd: folder, stdio: 'pipe' })
    const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))
    return { child, ended }
  }
  return { folder, write, start }
})

interface Report {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[]; meta: object }[] }[]
}

async function reportIn(folder: string) {
  const { testResults }: Report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
  return Object.fromEntries(testResults.flatMap((file) => file.assertionResults.map((one) => [one.title, one])))
}

describe.concurrent('Vitest', { timeout: 60_000 }, () => {
  test('repeats and retries tests as the runner expects', async ({ project }) => {
    await project.write({ 'runner.ts': RUNNER, 'one.test.ts': SPEC, 'vitest.config.ts': CONFIG })
    await project.start('--reporter=json', `--outputFile=${join(project.folder, 'report.json')}`).ended
    const report = await reportIn(project.folder)

    // The runner sets a higher number of rounds than the test's own options do. Each round creates the fixture again.
    expect(report['a race']?.meta).toMatchObject({
      before: 3,
      fixture: 12,
      attempts: Array.from({ length: 12 }, (_, round) => ({ round, attempt: 0 })),
    })
    expect(report['a check']?.meta).toMatchObject({ before: 'none', retries: 2, attempts: [{ round: 0, attempt: 0 }] })
    // `beginAttempt` discards the error of the first attempt. Only a message that begins with AGAIN matches the retry
    // condition; a message that merely contains AGAIN does not.
    expect(report['a check that fails at first']).toMatchObject({
      status: 'passed',
      failureMessages: [],
      meta: {
        attempts: [
          { round: 0, attempt: 0 },
          { round: 0, attempt: 1 },
        ],
      },
    })
    expect(report['a check that fails otherwise']).toMatchObject({
      status: 'failed',
      meta: { attempts: { length: 1 } },
    })
  })

  test('ends a running test when the run is cancelled', async ({ project }) => {
    await project.write({
      'runner.ts': RUNNER,
      'one.test.ts': `import { test } from 'vitest'\ntest('hangs', () => new Promise(() => {}))`,
      'reporter.ts': `
        export default class {
          onInit(vitest) { this.vitest = vitest }
          onTestCaseReady() { setTimeout(() => this.vitest.cancelCurrentRun('test-failure'), 100) }
        }`,
      'vitest.config.ts': CONFIG,
    })
    const report = `--outputFile=${join(project.folder, 'report.json')}`
    await project.start('--reporter=./reporter.ts', '--reporter=json', report).ended

    expect((await reportIn(project.folder)).hangs).toMatchObject({ status: 'skipped', meta: { isAbort: true } })
  })

  test('lets the global setup replace its signal listeners', async ({ project }) => {
    const stopped = join(project.folder, 'stopped')
    await project.write({
      'setup.ts': `
        import { writeFileSync } from 'node:fs'
        import { takeOverSignals } from ${internals}
        export default () => {
          takeOverSignals((signal) => {
            writeFileSync(${JSON.stringify(stopped)}, signal)
            setTimeout(() => process.exit(42), 500)
          })
          console.log('listening')
        }`,
      'one.test.ts': `import { test } from 'vitest'\ntest('hangs', () => new Promise(() => {}))`,
      'vitest.config.ts': `export default { test: { globalSetup: './setup.ts' } }`,
    })
    const { child, ended } = project.start()
    child.stdout.on('data', (text) => String(text).includes('listening') && child.kill('SIGINT'))

    expect(await ended).toBe(42)
    expect(existsSync(stopped)).toBe(true)
  })

  test('runs a file twice in a worker, with different provided values and separate reports', async ({ project }) => {
    await project.write({
      'runner.ts': `
        import { inject, TestRunner } from 'vitest'
        import { provideHere } from ${internals}
        let turns = 0
        export default class extends TestRunner {
          importFile(file, source) {
            provideHere('seed', inject('seed') + 1)
            turns += 1
            return super.importFile(source === 'collect' ? file + '?turn=' + turns : file, source)
          }
        }`,
      'one.test.ts': `
        import { inject, test } from 'vitest'
        test('a check', ({ task }) => void (task.meta.attempts = [inject('seed')]))`,
    })
    const options = { root: project.folder, config: false as const, watch: false, fileParallelism: false }
    const vitest = await createVitest('test', { ...options, isolate: false, provide: { seed: 40 } })
    for (const { config } of vitest.projects) config.runner = join(project.folder, 'runner.ts')
    const seeds: unknown[] = []
    replaceReporters(vitest, {
      onTestModuleEnd: ({ children }) => void seeds.push(...[...children.allTests()].map((one) => one.meta())),
    })
    const [specification] = await vitest.globTestSpecifications()
    if (specification) await vitest.runTestSpecifications([specification, specification])
    await vitest.close()

    expect(seeds).toEqual([{ attempts: [41] }, { attempts: [42] }])
  })

  test('allows reporters to be added, listed and replaced', async ({ project }) => {
    const added = join(project.folder, 'added')
    await project.write({
      'one.test.ts': `import { test } from 'vitest'\ntest('passes', () => {})`,
      'other.ts': 'export default class {}',
      'own.ts': `
        import { writeFileSync } from 'node:fs'
        export default class {
          constructor(options) { writeFileSync(${JSON.stringify(added)}, JSON.stringify(options)) }
        }`,
    })
    let calls = 0
    const counting: Reporter = { onTestRunEnd: () => void calls++ }
    const plugin = { name: 'adds', configureVitest: addTo }
    function addTo({ vitest }: { vitest: Parameters<typeof addReporter>[0] }) {
      addReporter(vitest, './own.ts')
      addReporter(vitest, './own.ts')
      addReporter(vitest, './other.ts')
    }
    const options = {
      root: project.folder,
      config: false as const,
      watch: false,
      reporters: [counting, join(project.folder, 'other.ts')],
    }
    const vitest = await createVitest('test', options, { plugins: [plugin] })
    const names = reportersOf(vitest).map(([name]) => name)
    await vitest.start()
    const before = calls
    replaceReporters(vitest)
    await vitest.runTestSpecifications(await vitest.globTestSpecifications())
    await vitest.close()

    expect(JSON.parse(await readFile(added, 'utf8'))).toMatchObject({ addedBeside: true })
    expect(names).toEqual([counting, join(project.folder, 'other.ts'), './own.ts'])
    expect([before, calls]).toEqual([1, 1])
  })
})
