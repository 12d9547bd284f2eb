import type { SerializedError, TestModule, TestRunEndReason, TestSpecification } from 'vitest/node'
import FewReporter from './few'

/** How long nothing is said at first; each pause is longer than the one before, so that lines stay few. */
const PAUSE_MS = 5_000
const GROWTH = 1.2

/**
 * What a run says where nobody watches it, in a log or a pipe: failures as the default reporter has them, what is green
 * in one count at the end, and how far it has come every few seconds.
 */
export default class QuietReporter extends FewReporter {
  private timer?: NodeJS.Timeout
  private modules = 0
  private ended = 0
  private checks = 0

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications)
    this.modules = specifications.length
    this.ended = 0
    this.checks = 0
    this.sayAfter(PAUSE_MS)
  }

  override onTestCaseResult(test: Parameters<FewReporter['onTestCaseResult']>[0]): void {
    super.onTestCaseResult(test)
    this.checks++
  }

  override printTestModule(module: TestModule): void {
    this.ended++
    if (module.state() === 'failed') super.printTestModule(module)
  }

  override onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    clearTimeout(this.timer)
    super.onTestRunEnd(modules, errors, reason)
  }

  private sayAfter(pause: number): void {
    this.timer = setTimeout(() => {
      this.log(`… ${this.checks} tests, ${this.ended} of ${this.modules} files`)
      this.sayAfter(pause * GROWTH)
    }, pause).unref()
  }
}
