import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TestModule, Vitest } from 'vitest/node'
import { output } from './output'
import { Progress } from './progress'
import StoreReporter from './reporter'

describe('the progress of a run', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const progress = (isTTY: boolean) => {
    const written: string[] = []
    const stream = { isTTY, write: (text: string) => written.push(text) > 0 }
    return { progress: new Progress(3, stream), written }
  }

  test('is an occasional line in a log', () => {
    const { progress: own, written } = progress(false)
    own.checkEnded()
    own.moduleEnded()
    expect(written).toEqual([])

    vi.advanceTimersByTime(5_000)
    expect(written).toEqual(['… 1 check, 1 of 3 files\n'])
    own.end()
    vi.advanceTimersByTime(60_000)
    expect(written).toHaveLength(1)
  })

  test('stays short in a log, even in a long run', () => {
    const { written } = progress(false)
    vi.advanceTimersByTime(10 * 60_000)

    expect(written.length).toBeLessThan(20)
    expect(written.length).toBeGreaterThan(10)
  })

  test('is one line on a terminal, which is cleared at the end', () => {
    const { progress: own, written } = progress(true)
    vi.advanceTimersByTime(1_000)
    own.end()

    expect(written.join('')).not.toContain('\n')
    expect(written.at(-1)).toBe('\r\u001b[K')
  })
})

describe('the lines printed during a run', () => {
  const where = (reporters: unknown[], outputFile?: unknown) => {
    const [log] = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')].map((spy) => spy.mockReturnValue())
    output({ config: { reporters, outputFile } } as unknown as Vitest)('a line')
    const isInLog = log?.mock.calls.length
    vi.restoreAllMocks()
    return isInLog ? 'stdout' : 'stderr'
  }

  test('go to stdout', () => {
    expect(where(['default'])).toBe('stdout')
    expect(where([['default', {}], './support/report/reporter.ts'])).toBe('stdout')
  })

  test.for(['json', 'junit', 'tap', 'tap-flat'])('go to stderr if the %s report goes to stdout', (name) => {
    expect(where([[name, {}]])).toBe('stderr')
    expect(where(['default', name], { html: 'reports/html' })).toBe('stderr')
    expect(where([[name, {}]], { [name]: 'file' })).toBe('stdout')
    expect(where([[name, { outputFile: 'file' }]])).toBe('stdout')
    expect(where([[name, {}]], 'file')).toBe('stdout')
  })

  test('state the number of checks before an interruption', () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    const reporter = new StoreReporter()
    reporter.onInit({ config: { reporters: [], snapshotOptions: {} } } as unknown as Vitest)
    reporter.onTestRunEnd([], [], 'interrupted')
    const lines = log.mock.calls
    vi.restoreAllMocks()

    expect(lines).toEqual([['interrupted after 0 checks']])
  })

  test('end with the notice that another store was used', () => {
    const log = vi.spyOn(console, 'log').mockReturnValue()
    const reporter = new StoreReporter()
    reporter.onInit({ config: { reporters: [], snapshotOptions: {} } } as unknown as Vitest)
    const project = { name: 'specs', getProvidedContext: () => ({ target: { notice: 'Not LocalStack' } }) }
    const module = { project, children: { allTests: () => [], allSuites: () => [] }, errors: () => [] }
    reporter.onTestRunEnd([module] as unknown as TestModule[], [], 'interrupted')
    const lines = log.mock.calls
    vi.restoreAllMocks()

    expect(lines.at(-1)).toEqual(['Not LocalStack'])
  })
})
