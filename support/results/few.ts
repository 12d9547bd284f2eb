import type { RunnerTask, RunnerTestCase, RunnerTestFile, TestCase, TestModule } from 'vitest/node'
import { DefaultReporter } from 'vitest/node'
import type {} from '../judge/meta'
import { differences } from './differences'

/** How many failures are shown with all that went over the wire, unless more are asked for. */
const FEW = 10

/**
 * Vitest's default reporter, which shows ten failures of a run in full: what says nothing of the store first, then one
 * for each way to differ. The others are counted here, and grouped in the closing lines; reports have all of them.
 * `S3_DEVIATIONS=all` shows every one.
 */
export default class FewReporter extends DefaultReporter {
  private named = 0
  private files: RunnerTestFile[] = []
  private hidden = 0

  protected override printTestCase(state: ReturnType<TestModule['state']>, test: TestCase): void {
    const isFew = test.result().state === 'failed' && this.named++ < FEW
    if (showsAll() || state !== 'failed' || isFew) super.printTestCase(state, test)
  }

  override reportSummary(files: RunnerTestFile[], errors: unknown[]): void {
    this.files = files
    const failed = testsIn(files).filter(({ result }) => result?.state === 'fail')
    const shown = new Set(showsAll() ? failed : fewOf(failed))
    this.hidden = failed.length - shown.size
    super.reportSummary(
      files.map((file) => without(file, (test) => test.result?.state === 'fail' && !shown.has(test))),
      errors,
    )
  }

  override reportTestSummary(_: RunnerTestFile[], errors: unknown[], leaks: number): void {
    if (this.hidden > 0) {
      this.log(`\n${this.hidden} more failed, and are grouped below; S3_DEVIATIONS=all shows each of them.`)
    }
    super.reportTestSummary(this.files, errors, leaks)
  }
}

function showsAll(): boolean {
  return process.env.S3_DEVIATIONS === 'all'
}

function fewOf(failed: readonly RunnerTestCase[]): RunnerTestCase[] {
  const deviates = ({ meta }: RunnerTestCase) => meta.verdict === 'deviation'
  const tests = failed.filter(deviates).map((test) => ({ ...test.meta, test }))
  const examples = differences(tests).flatMap(({ checks: [first] }) => first?.test ?? [])
  return [...failed.filter((test) => !deviates(test)), ...examples, ...tests.map(({ test }) => test)]
    .filter((test, at, all) => all.indexOf(test) === at)
    .slice(0, FEW)
}

function testsIn(tasks: readonly RunnerTask[]): RunnerTestCase[] {
  return tasks.flatMap((task) => (task.type === 'test' ? [task] : testsIn(task.tasks)))
}

/** A file or suite without some of its tests; what stays is the same object. */
function without<T extends RunnerTask>(task: T, leavesOut: (test: RunnerTestCase) => boolean): T {
  if (task.type === 'test') return task
  const tasks = task.tasks.filter((child) => child.type !== 'test' || !leavesOut(child))
  return { ...task, tasks: tasks.map((child) => without(child, leavesOut)) }
}
