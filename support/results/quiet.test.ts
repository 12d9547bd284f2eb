import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { output } from './output'
import QuietReporter from './quiet'
import StoreReporter from './reporter'

describe('what a run says where nobody watches', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const lines: string[] = []
  const reporter = () => {
    lines.length = 0
    const quiet = new QuietReporter({ isTTY: false })
    const logger = { printBanner: () => {}, log: (line: string) => void lines.push(line) }
    quiet.onInit({ logger, config: { slowTestThreshold: 300 } } as unknown as Vitest)
    return quiet
  }
  const specifications = (count: number) => Array.from({ length: count }, () => ({}) as TestSpecification)
  const passed = { state: () => 'passed', result: () => ({ state: 'passed' }) }

  test('is nothing of a module that is green, and how far it has come every few seconds', () => {
    const quiet = reporter()
    quiet.onTestRunStart(specifications(3))
    quiet.onTestCaseResult(passed as unknown as TestCase)
    quiet.onTestModuleEnd(passed as unknown as TestModule)
    expect(lines).toEqual([])

    vi.advanceTimersByTime(5_000)
    expect(lines).toEqual(['… 1 tests, 1 of 3 files'])
  })

  test('stays short, however long the run takes', () => {
    reporter().onTestRunStart(specifications(100))
    vi.advanceTimersByTime(10 * 60_000)

    expect(lines.length).toBeLessThan(20)
    expect(lines.length).toBeGreaterThan(10)
  })
})

describe('the own lines of a run', () => {
  const where = (reporters: unknown[], outputFile?: unknown) => {
    const [log, error] = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) => spy.mockReturnValue())
    output({ config: { reporters, outputFile } } as unknown as Vitest)('a line')
    const said = [log, error].map((spy) => spy?.mock.calls.length)
    vi.restoreAllMocks()
    return said[0] ? 'stdout' : 'stderr'
  }

  test('go to stdout, where people read', () => {
    expect(where(['default'])).toBe('stdout')
    expect(where([['default', {}], './support/results/quiet.ts'])).toBe('stdout')
  })

  test.for(['json', 'junit', 'tap', 'tap-flat'])('go to stderr where stdout has the report of %s', (name) => {
    expect(where([[name, {}]])).toBe('stderr')
    expect(where(['default', name], { html: 'reports/html' })).toBe('stderr')
    expect(where([[name, {}]], { [name]: 'file' })).toBe('stdout')
    expect(where([[name, { outputFile: 'file' }]])).toBe('stdout')
    expect(where([[name, {}]], 'file')).toBe('stdout')
  })

  test('say of a run that was interrupted how far it came', () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    const reporter = new StoreReporter()
    reporter.onInit({ config: { reporters: [], snapshotOptions: {} } } as unknown as Vitest)
    reporter.onTestRunEnd([], [], 'interrupted')
    const said = log.mock.calls
    vi.restoreAllMocks()

    expect(said).toEqual([['interrupted after 0 checks']])
  })
})
