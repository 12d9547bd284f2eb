import { expect as baseExpect } from 'vitest'
import type { Severity } from '../observation'
import { matchers } from './matchers'
import { Mismatch } from './result'
import { type Failure, runningHere } from './running'

baseExpect.extend(matchers)

/**
 * Vitest's `expect`, except that a failed assertion in a spec does not end the test. The assertions after it are also
 * evaluated: if a store returns the wrong error for a write, the test can still detect whether the store wrote
 * anything. The runner receives all failures.
 */
export const expect: typeof baseExpect = Object.assign(<T>(value: T, message?: string) => {
  const here = runningHere()
  if (!here) return baseExpect(value, message)
  const { test, failures, work } = here
  const nth = ++here.assertions
  const note = (matcher: string, error: unknown) => {
    failures.push(failureOf(error, matcher, nth, test.meta.severity))
  }
  return lenient(test.context.expect(value, message), note, (promise) => void work.push(promise))
}, baseExpect)

/** Wraps an assertion so that its methods pass their errors to `note` instead of throwing them. */
function lenient<T extends object>(
  assertion: T,
  note: (matcher: string, error: unknown) => void,
  wait: (promise: Promise<unknown>) => void,
): T {
  return new Proxy(assertion, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown
      if (typeof member === 'object' && member !== null) return lenient(member, note, wait)
      if (typeof member !== 'function') return member
      return (...args: unknown[]) => {
        try {
          const returned = member.apply(target, args) as unknown
          if (!(returned instanceof Object && 'then' in returned)) return returned
          const settled = Promise.resolve(returned).catch((error) => note(String(name), error))
          wait(settled)
          return settled
        } catch (error) {
          note(String(name), error)
        }
      }
    },
  })
}

function failureOf(error: unknown, matcher: string, nth: number, severity: Severity = 'detail'): Failure {
  if (error instanceof Mismatch) return { error, finding: error.finding }
  // Any other error from one of the suite's matchers means that an argument is invalid or a capability is unsupported.
  if (matcher in matchers) return { error }
  const { message } = error as Error
  const observed = [{ kind: 'assertion', matcher, nth } as const]
  return { error, finding: { expected: { kind: 'assertion', message }, observed, severity } }
}
