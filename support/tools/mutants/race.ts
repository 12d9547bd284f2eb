import { setTimeout } from 'node:timers/promises'
import type { ForwardedRequest, Tamper } from '../../wire/tampering-proxy'
import { elementOf } from '../../wire/xml'
import { type Mutant, mutants } from './mutant'
import { accepted, accepting, behind, deciding, error, type Meant, refusalIn, refusing } from './overrides'
import { isDeleteMany, newKey } from './wire'

// What stores get wrong when several clients write at the same time: they check, and write later. The reference store
// judges and writes in one step, so that a proxy does it.

/** Those whose condition is in a header; DeleteObjects has it in its body. */
type Operation = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject'

/** Whether a request is one of the operation. */
function isOperation(operation: Operation, { method, path }: ForwardedRequest): boolean {
  if (operation === 'CompleteMultipartUpload') return method === 'POST' && path.includes('uploadId=')
  return method !== 'GET' && new RegExp(`x-id=${operation}(&|$)`).test(path)
}

/** Whether it has a condition, too. */
function isConditional(operation: Operation, passing: ForwardedRequest): boolean {
  const { 'if-match': tag, 'if-none-match': star } = passing.headers
  return (tag ?? star) !== undefined && isOperation(operation, passing)
}

/** Checks the condition when the request begins, and has the store write some time later without one. */
const checksFirst = (operation: Operation, milliseconds: number): Tamper => ({
  async request(passing) {
    if (isConditional(operation, passing) && (await holds(passing))) {
      dropConditions(passing)
      await setTimeout(milliseconds)
    }
    return undefined
  },
})

/**
 * Whether the condition of a request holds now.
 * @param path of the key
 * @param tag that If-Match names; undefined for If-None-Match: *
 */
async function holds(passing: ForwardedRequest, path = newKey(passing), tag = passing.headers['if-match']) {
  const { host, authorization } = passing.headers
  // Through the proxy, which signs anew what its owner has signed.
  const headers = { authorization: String(authorization), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const found = await fetch(`http://${host}${path}`, { method: 'HEAD', headers })
  if (found.status !== 200 && found.status !== 404) throw new Error(`The proxy may not look: ${found.status}`)
  return tag ? found.headers.get('etag') === tag : found.status === 404
}

function dropConditions({ headers }: ForwardedRequest): void {
  delete headers['if-match']
  delete headers['if-none-match']
}

/** Evaluates a condition and writes in one step, 20 ms long; each operation has a lock of its own for that. */
const locksByOperation = (...operations: (Operation | 'DeleteObjects')[]): Tamper => {
  const last = new Map<string, Promise<void>>()
  const releases = new WeakMap<ForwardedRequest, () => void>()
  const lock = async (passing: ForwardedRequest, name: string) => {
    const before = last.get(name)
    last.set(name, new Promise((resolve) => releases.set(passing, resolve)))
    await before
  }
  return {
    async request(passing) {
      const operation = operations.find((one) => one !== 'DeleteObjects' && isOperation(one, passing)) as Operation
      if (!operation) return undefined
      await lock(passing, `${operation} ${newKey(passing)}`)
      if (isConditional(operation, passing) && (await holds(passing))) {
        dropConditions(passing)
        await setTimeout(20)
      }
      return undefined
    },
    async body(passing, body) {
      const key = elementOf(body, 'Key')
      if (!isDeleteMany(passing) || !operations.includes('DeleteObjects') || !key) return body
      await lock(passing, `DeleteObjects ${key}`)
      const tag = elementOf(body, 'ETag')
      const path = `${newKey(passing).replace(/\/$/, '')}/${encodeURIComponent(key)}`
      if (!tag || !(await holds(passing, path, tag))) return body
      await setTimeout(20)
      return body.replace(/<ETag>[^<]*<\/ETag>/, '')
    },
    response(passing) {
      releases.get(passing)?.()
      return undefined
    },
  }
}

/** Conditional requests of an operation that fail: of several clients all but one. */
const losing =
  (operation: Operation): Meant =>
  (request, _, right) =>
    request.operation === operation &&
    (request.headers?.ifMatch ?? request.headers?.ifNoneMatch) !== undefined &&
    refusalIn(right) !== undefined

const BREAKS = 'each of them has a lock of its own'
const OPERATIONS = ['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject', 'DeleteObjects'] as const
const together = (spec: string) =>
  mutants('race', {
    [spec]: {
      [`All five operations lock a key together: specs/race/${spec}`]: { [BREAKS]: locksByOperation(...OPERATIONS) },
    },
  })

const LATE = 'checks first and writes 20 ms later'

export const acrossOperations: readonly Mutant[] = [
  ...[
    'one-of-two-concurrent-writes-succeeds',
    'one-of-a-delete-and-another-request-succeeds',
    'a-plain-write-wins-over-a-conditional-request',
    'a-plain-delete-wins-over-a-conditional-write',
  ].flatMap(together),
  ...mutants('race', {
    'one-of-a-delete-and-another-request-succeeds': {
      'PutObject and DeleteObject: one of both wins': { [BREAKS]: locksByOperation('PutObject', 'DeleteObject') },
      'DeleteObjects and DeleteObject: one of both wins': {
        [BREAKS]: locksByOperation('DeleteObjects', 'DeleteObject'),
      },
      'DeleteObjects lists the entry that loses under Errors': {
        'under Deleted': deciding((right) => (right.kind === 'failure' ? accepted(204, 'unchanged') : right)),
      },
    },
    'one-of-two-concurrent-writes-succeeds': {
      'CopyObject and CompleteMultipartUpload: one of both wins': {
        [BREAKS]: locksByOperation('CopyObject', 'CompleteMultipartUpload'),
      },
    },
  }),
]

export const increments: readonly Mutant[] = mutants('pattern', {
  'compare-and-swap': {
    'PutObject: of increments by compare-and-swap none is lost': { [LATE]: checksFirst('PutObject', 20) },
  },
})

export const race: readonly Mutant[] = mutants('race', {
  'one-of-several-concurrent-puts-succeeds': {
    'PutObject: of several callers at the same time one wins': { [LATE]: checksFirst('PutObject', 20) },
    'PutObject: a loser is refused with 412 or 409': {
      'answers 404': refusing(losing('PutObject'), error(404, 'NoSuchKey')),
    },
    'PutObject: the bytes of a loser are nowhere': { 'refuses and writes all the same': behind(losing('PutObject')) },
  },
  'one-of-several-concurrent-copies-succeeds': {
    'CopyObject: of several callers at the same time one wins': { [LATE]: checksFirst('CopyObject', 20) },
    'CopyObject: a loser is refused with a code': {
      'answers 412 with another code': refusing(losing('CopyObject'), error(412, 'Conflict')),
    },
  },
  'one-of-several-concurrent-completions-succeeds': {
    'CompleteMultipartUpload: of several callers at the same time one wins': {
      [LATE]: checksFirst('CompleteMultipartUpload', 20),
    },
  },
  'one-of-several-concurrent-deletes-succeeds': {
    'DeleteObject: of several callers at the same time one wins': { [LATE]: checksFirst('DeleteObject', 20) },
    'DeleteObject: whoever deletes nothing is refused': { 'answers 204': accepting(losing('DeleteObject'), 204) },
  },
  'one-of-several-overlapping-large-writes-succeeds': {
    'PutObject: of several callers with large bodies one wins': { [LATE]: checksFirst('PutObject', 20) },
    'CompleteMultipartUpload: of several callers with large bodies one wins': {
      [LATE]: checksFirst('CompleteMultipartUpload', 20),
    },
  },
  'putobject-evaluates-its-precondition-after-the-body': {
    'PutObject: the precondition is judged when the body ends': {
      'judges it when the body begins': checksFirst('PutObject', 0),
    },
  },
})
