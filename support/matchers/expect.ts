import { type Assertion, expect as baseExpect } from 'vitest'
import { matchers } from './matchers'
import { runningTest } from './running'

baseExpect.extend(matchers)

/**
 * Vitest's `expect`. In a spec an assertion that fails does not end the test: those behind it are evaluated, too, so
 * that a store that refuses a write in the wrong way is still seen to have written.
 */
export const expect: typeof baseExpect = Object.assign(<T>(value: T, message?: string) => {
  const test = runningTest()
  const assertion = baseExpect(value, message)
  return test ? (assertion as unknown as Bindable<T>).withTest(test).withContext({ soft: true }) : assertion
}, baseExpect)

/** What Vitest has for its own `expect.soft`, which does not know which of several running tests it is called in. */
interface Bindable<T> {
  withTest(test: object): { withContext(context: { soft: true }): Assertion<T> }
}
