import type { Observation, ResponseFields } from '../observation'
import { slug } from '../verdicts/ids'
import type { ForwardedRequest, Tamper } from '../wire/tampering-proxy'
import type { NestedOptions } from './run-suite'

// One spec file that runs of the suite inside a test are about, and what a liar can make of its store.

/** The delete markers of some stores are left out. */
export const WHAT_EVERY_STORE_DOES = ['specs/write/if-none-match-never', '-t', 'when the (key|object)']
export const FREE = 'PutObject with If-None-Match: * succeeds when the key does not exist'
export const TAKEN = 'PutObject with If-None-Match: * fails with 412 when the key exists'
export const VERSIONED = 'PutObject with If-None-Match: * fails with 412 when the key exists in a versioned bucket'
export const AGAIN = 'PutObject with If-None-Match: * succeeds when the object was deleted'

export const id = (title: string) => `write/if-none-match-never-overwrites/${slug(title)}`
export const known = (...observed: Observation[]): NestedOptions['known'] => ({
  [id(TAKEN)]: observed,
  [id(VERSIONED)]: observed,
})

// Observations of a store that does not fail a conditional PutObject with 412 as Amazon S3 does.
export const returned: Observation = { kind: 'response', operation: 'PutObject', status: 200 }
export const failed = (status: number, more: Partial<ResponseFields> = {}): Observation => {
  return { kind: 'response', operation: 'PutObject', status, ...more }
}
export const failedWith412 = failed(412, { code: 'PreconditionFailed' })
export const noCondition: Observation = { kind: 'element', operation: 'PutObject', name: 'Condition', is: 'missing' }
export const changedBytes: Observation = { kind: 'object', changed: 'bytes' }

export const refusal = (condition = '<Condition>If-None-Match</Condition>', code = 'PreconditionFailed') =>
  `<Error><Code>${code}</Code><Message>no</Message>${condition}</Error>`
const isWrite = ({ method, path, headers }: ForwardedRequest) =>
  method === 'PUT' && path.includes('x-id=PutObject') && 'if-none-match' in headers
/** What a store says instead of its 412 to a conditional write. */
export const insteadOf412 = (status: number, body?: string): Tamper => ({
  response: (request, { status: original }) => (original === 412 && isWrite(request) ? { status, body } : undefined),
})
/** Whatever store is behind the liar, its 412 names the condition. */
export const honest = insteadOf412(412, refusal())
export const acceptsEverything = insteadOf412(200)
export const withoutCondition = insteadOf412(412, refusal(''))
/** Writes although it refuses. */
export const writesBehind = (condition?: string): Tamper => {
  const taken = new Set<string>()
  return {
    request: (passing) => {
      const [key = ''] = passing.path.split('?')
      if (passing.method === 'PUT' && passing.path.includes('x-id=PutObject')) {
        if (passing.headers['if-none-match'] && taken.has(key)) passing.headers['x-liar'] = 'refuse'
        taken.add(key)
        delete passing.headers['if-none-match']
      }
      return undefined
    },
    response: ({ headers }) => (headers['x-liar'] ? { status: 412, body: refusal(condition) } : undefined),
  }
}
