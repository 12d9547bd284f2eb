import type { Observation, ResponseFields } from '../observation'
import { slug } from '../verdicts/ids'
import type { ForwardedRequest, Tamper } from '../wire/tampering-proxy'
import type { SuiteOptions } from './run-suite'

// For tests that run a spec through a tampering proxy: the spec, the titles of its checks, and the ways in which the
// proxy makes a store misbehave.

/**
 * Vitest arguments that select the spec and, within it, the checks that hold on every store. Checks that involve delete
 * markers are excluded, because some stores do not support delete markers.
 */
export const WHAT_EVERY_STORE_DOES = [
  'specs/write/if-none-match-never',
  '-t',
  'the key (does not )?exist|object is deleted',
]
export const FREE = 'PutObject with If-None-Match: * succeeds when the key does not exist'
export const TAKEN = 'PutObject with If-None-Match: * fails with 412 when the key exists'
export const VERSIONED = 'PutObject with If-None-Match: * fails with 412 when the key exists in a versioned bucket'
export const AGAIN = 'PutObject with If-None-Match: * succeeds after the object is deleted'

export const id = (title: string) => `write/if-none-match-never-overwrites/${slug(title)}`
export const known = (...observed: Observation[]): SuiteOptions['known'] => ({
  [id(TAKEN)]: observed,
  [id(VERSIONED)]: observed,
})

// Observations of stores that do not behave like Amazon S3 when the condition of a PutObject request fails.
export const returned: Observation = { kind: 'response', operation: 'PutObject', status: 200 }
export const failed = (status: number, more: Partial<ResponseFields> = {}): Observation => {
  return { kind: 'response', operation: 'PutObject', status, ...more }
}
export const failedWith412 = failed(412, { code: 'PreconditionFailed' })
export const noCondition: Observation = { kind: 'element', operation: 'PutObject', name: 'Condition', is: 'missing' }
export const changedBytes: Observation = { kind: 'object', changed: 'bytes' }

export const errorBody = (condition = '<Condition>If-None-Match</Condition>', code = 'PreconditionFailed') =>
  `<Error><Code>${code}</Code><Message>no</Message>${condition}</Error>`
const isWrite = ({ method, path, headers }: ForwardedRequest) =>
  method === 'PUT' && path.includes('x-id=PutObject') && 'if-none-match' in headers
/** Replaces the 412 response to a conditional write with another response. */
export const insteadOf412 = (status: number, body?: string): Tamper => ({
  response: (request, { status: original }) => (original === 412 && isWrite(request) ? { status, body } : undefined),
})
/** Adds the Condition element to the 412 response to a conditional write, because some stores omit it. */
export const withCondition = insteadOf412(412, errorBody())
export const acceptsEverything = insteadOf412(200)
export const withoutCondition = insteadOf412(412, errorBody(''))
/** Simulates a store that performs a conditional write although it returns 412. */
export const writesSilently = (condition?: string): Tamper => {
  const taken = new Set<string>()
  return {
    request: (request) => {
      const [key = ''] = request.path.split('?')
      if (request.method === 'PUT' && request.path.includes('x-id=PutObject')) {
        if (request.headers['if-none-match'] && taken.has(key)) request.headers['x-misbehaving'] = 'yes'
        taken.add(key)
        delete request.headers['if-none-match']
      }
      return undefined
    },
    response: ({ headers }) => (headers['x-misbehaving'] ? { status: 412, body: errorBody(condition) } : undefined),
  }
}
