import { setTimeout } from 'node:timers/promises'
import type { ForwardedRequest, Tamper } from '../../wire/tampering-proxy'
import { elementOf } from '../../wire/xml'
import { type Mutant, mutants } from './mutant'
import {
  changingEntryOutcomes,
  error,
  errorIn,
  failing,
  type Predicate,
  succeeding,
  success,
  writingSilently,
} from './overrides'
import { isDeleteMany, pathOf } from './wire'

// Most of these mutants check a condition first and write later. The reference store does both in one step, so a proxy
// separates the two.

/** The operations whose conditions are sent in headers. DeleteObjects sends its conditions in the request body. */
type Operation = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject'

function isOperation(operation: Operation, { method, path }: ForwardedRequest): boolean {
  if (operation === 'CompleteMultipartUpload') return method === 'POST' && path.includes('uploadId=')
  return method !== 'GET' && new RegExp(`x-id=${operation}(&|$)`).test(path)
}

function isConditional(operation: Operation, request: ForwardedRequest): boolean {
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers
  return (match ?? noneMatch) !== undefined && isOperation(operation, request)
}

/**
 * Checks the condition before reading the body. If the condition holds, removes it from the request, waits, and
 * forwards the request.
 */
const checkingFirst = (operation: Operation, milliseconds: number): Tamper => ({
  async request(request) {
    if (isConditional(operation, request) && (await conditionHolds(request))) {
      dropConditions(request)
      await setTimeout(milliseconds)
    }
    return undefined
  },
})

/**
 * Sends a HEAD request to find out whether a condition holds.
 * @param path the bucket and the key, percent-encoded
 * @param tag the value of If-Match; undefined for If-None-Match: *
 */
async function conditionHolds(request: ForwardedRequest, path = pathOf(request), tag = request.headers['if-match']) {
  const { host, authorization } = request.headers
  // The original Authorization header can be reused, because the proxy re-signs all requests signed by the owner.
  const headers = { authorization: String(authorization), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const { status, headers: found } = await fetch(`http://${host}${path}`, { method: 'HEAD', headers })
  if (status !== 200 && status !== 404) throw new Error(`HEAD ${path} through the proxy failed with ${status}.`)
  return tag ? found.get('etag') === tag : status === 404
}

function dropConditions({ headers }: ForwardedRequest): void {
  delete headers['if-match']
  delete headers['if-none-match']
}

/**
 * Locks the key before the condition is checked, delays the write until 20 ms after the check, and releases the lock
 * when the response arrives. Each operation has its own lock per key, so different operations do not wait for each
 * other.
 */
const lockingByOperation = (...operations: (Operation | 'DeleteObjects')[]): Tamper => {
  const last = new Map<string, Promise<void>>()
  const releases = new WeakMap<ForwardedRequest, () => void>()
  const lock = async (request: ForwardedRequest, name: string) => {
    const before = last.get(name)
    last.set(name, new Promise((resolve) => releases.set(request, resolve)))
    await before
  }
  return {
    async request(request) {
      const operation = operations.find((one) => one !== 'DeleteObjects' && isOperation(one, request)) as Operation
      if (!operation) return undefined
      await lock(request, `${operation} ${pathOf(request)}`)
      if (isConditional(operation, request) && (await conditionHolds(request))) {
        dropConditions(request)
        await setTimeout(20)
      }
      return undefined
    },
    async body(request, body) {
      const key = elementOf(body, 'Key')
      if (!isDeleteMany(request) || !operations.includes('DeleteObjects') || !key) return body
      await lock(request, `DeleteObjects ${key}`)
      const tag = elementOf(body, 'ETag')
      const path = `${pathOf(request).replace(/\/$/, '')}/${encodeURIComponent(key)}`
      if (!tag || !(await conditionHolds(request, path, tag))) return body
      await setTimeout(20)
      return body.replace(/<ETag>[^<]*<\/ETag>/, '')
    },
    response(request) {
      releases.get(request)?.()
      return undefined
    },
  }
}

/** Selects conditional requests that fail: the losers of a race. */
const losers =
  (operation: Operation): Predicate =>
  (request, _, right) =>
    request.operation === operation &&
    (request.headers?.ifMatch ?? request.headers?.ifNoneMatch) !== undefined &&
    errorIn(right) !== undefined

const SEPARATE = 'only requests for the same operation are serialized'
const LATE = 'the store checks the condition 20 ms before it writes'

const OPERATIONS = ['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject', 'DeleteObjects'] as const
const acrossOperations = (...specs: string[]) =>
  specs.flatMap((spec) =>
    mutants('race', {
      [spec]: {
        [`Requests for the same key are serialized across all operations (${spec})`]: {
          [SEPARATE]: lockingByOperation(...OPERATIONS),
        },
      },
    }),
  )

export const race: readonly Mutant[] = [
  ...acrossOperations('one-of-two-concurrent-writes-succeeds', 'one-of-a-delete-and-another-request-succeeds'),
  ...acrossOperations(
    'an-unconditional-write-prevails-over-a-conditional-request',
    'a-plain-delete-wins-over-a-conditional-write',
  ),
  ...mutants('race', {
    'one-of-a-delete-and-another-request-succeeds': {
      'PutObject and DeleteObject requests for the same key are serialized with each other': {
        [SEPARATE]: lockingByOperation('PutObject', 'DeleteObject'),
      },
      'DeleteObjects and DeleteObject requests for the same key are serialized with each other': {
        [SEPARATE]: lockingByOperation('DeleteObjects', 'DeleteObject'),
      },
      'When an entry in a DeleteObjects request loses the race, the response lists the entry under Errors': {
        'the store lists the entry under Deleted': changingEntryOutcomes((right) =>
          right.kind === 'failure' ? success(204, 'unchanged') : right,
        ),
      },
    },
    'one-of-two-concurrent-writes-succeeds': {
      'CopyObject and CompleteMultipartUpload requests for the same key are serialized with each other': {
        [SEPARATE]: lockingByOperation('CopyObject', 'CompleteMultipartUpload'),
      },
    },
    'one-of-several-concurrent-puts-succeeds': {
      'Exactly one of several concurrent conditional PutObject requests succeeds': {
        [LATE]: checkingFirst('PutObject', 20),
      },
      'A conditional PutObject fails with 412 or 409 for every writer that loses the race': {
        'PutObject fails with 404 for the losing writers': failing(losers('PutObject'), error(404, 'NoSuchKey')),
      },
      'The store does not write the body of a failed PutObject request': {
        'the store returns an error but writes the body': writingSilently(losers('PutObject')),
      },
    },
    'one-of-several-concurrent-copies-succeeds': {
      'Exactly one of several concurrent conditional CopyObject requests succeeds': {
        [LATE]: checkingFirst('CopyObject', 20),
      },
      'CopyObject fails with the error code PreconditionFailed for every writer that loses the race': {
        'CopyObject fails with 412 but with a different error code': failing(
          losers('CopyObject'),
          error(412, 'Conflict'),
        ),
      },
    },
    'one-of-several-concurrent-completions-succeeds': {
      'Exactly one of several concurrent conditional CompleteMultipartUpload requests succeeds': {
        [LATE]: checkingFirst('CompleteMultipartUpload', 20),
      },
    },
    'one-of-several-concurrent-deletes-succeeds': {
      'Exactly one of several concurrent DeleteObject requests with the current ETag in If-Match succeeds': {
        [LATE]: checkingFirst('DeleteObject', 20),
      },
      'DeleteObject with If-Match fails for every client that loses the race': {
        'DeleteObject returns 204 to every client': succeeding(losers('DeleteObject'), 204),
      },
    },
    'one-of-several-overlapping-large-writes-succeeds': {
      'Exactly one of several concurrent conditional PutObject requests with large bodies succeeds': {
        [LATE]: checkingFirst('PutObject', 20),
      },
      'Exactly one of several concurrent conditional CompleteMultipartUpload requests for large objects succeeds': {
        [LATE]: checkingFirst('CompleteMultipartUpload', 20),
      },
    },
    'putobject-evaluates-its-precondition-after-the-body': {
      'PutObject evaluates its condition after the body has arrived': {
        'the store evaluates the condition before the body arrives': checkingFirst('PutObject', 0),
      },
    },
  }),
  ...mutants('pattern', {
    'compare-and-swap': {
      'No increment of a counter is lost when concurrent clients update the counter using PutObject with If-Match': {
        [LATE]: checkingFirst('PutObject', 20),
      },
    },
  }),
]
