import { setTimeout } from 'node:timers/promises'
import type { Lie, Passing } from '../../proxy/liar'
import { type Mutant, mutants } from './mutant'
import { accepting, behind, error, type Meant, refusalIn, refusing } from './overrides'

// What stores get wrong when several clients write at the same time: they check, and write later. The reference store
// judges and writes in one step, so that a proxy does it.

type Operation = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject'

/** Whether a request is one of the operation, with a condition. */
function isConditional(operation: Operation, { method, path, headers }: Passing): boolean {
  if (!headers['if-match'] && !headers['if-none-match']) return false
  if (operation === 'CompleteMultipartUpload') return method === 'POST' && path.includes('uploadId=')
  return method !== 'GET' && path.includes(`x-id=${operation}`)
}

/** Checks the condition when the request begins, and has the store write some time later without one. */
const checksFirst = (operation: Operation, milliseconds: number): Lie => ({
  async request(passing) {
    const { 'if-match': tag, host, authorization } = passing.headers
    if (!isConditional(operation, passing)) return undefined
    // Through the proxy, which signs anew what its owner has signed.
    const url = `http://${host}${passing.path.split('?')[0]}`
    const headers = { authorization: String(authorization), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const found = await fetch(url, { method: 'HEAD', headers })
    if (found.status !== 200 && found.status !== 404) throw new Error(`The proxy may not look: ${found.status}`)
    const holds = tag ? found.headers.get('etag') === tag : found.status === 404
    if (!holds) return undefined
    delete passing.headers['if-match']
    delete passing.headers['if-none-match']
    await setTimeout(milliseconds)
    return undefined
  },
})

/** Conditional requests of an operation that fail: of several clients all but one. */
const losing =
  (operation: Operation): Meant =>
  (request, _, right) =>
    request.operation === operation &&
    (request.headers?.ifMatch ?? request.headers?.ifNoneMatch) !== undefined &&
    refusalIn(right) !== undefined

const LATE = 'checks first and writes 20 ms later'

export const race: readonly Mutant[] = mutants('race', {
  'one-put': {
    'PutObject: of several callers at the same time one wins': { [LATE]: checksFirst('PutObject', 20) },
    'PutObject: a loser is refused with 412 or 409': {
      'answers 404': refusing(losing('PutObject'), error(404, 'NoSuchKey')),
    },
    'PutObject: the bytes of a loser are nowhere': { 'refuses and writes all the same': behind(losing('PutObject')) },
  },
  'one-copy': {
    'CopyObject: of several callers at the same time one wins': { [LATE]: checksFirst('CopyObject', 20) },
    'CopyObject: a loser is refused with a code': {
      'answers 412 with another code': refusing(losing('CopyObject'), error(412, 'Conflict')),
    },
  },
  'one-completion': {
    'CompleteMultipartUpload: of several callers at the same time one wins': {
      [LATE]: checksFirst('CompleteMultipartUpload', 20),
    },
  },
  'one-delete': {
    'DeleteObject: of several callers at the same time one wins': { [LATE]: checksFirst('DeleteObject', 20) },
    'DeleteObject: whoever deletes nothing is refused': { 'answers 204': accepting(losing('DeleteObject'), 204) },
  },
  'large-bodies': {
    'PutObject: of several callers with large bodies one wins': { [LATE]: checksFirst('PutObject', 20) },
    'CompleteMultipartUpload: of several callers with large bodies one wins': {
      [LATE]: checksFirst('CompleteMultipartUpload', 20),
    },
  },
  'a-put-is-judged': {
    'PutObject: the precondition is judged when the body ends': {
      'judges it when the body begins': checksFirst('PutObject', 0),
    },
  },
  increments: {
    'PutObject: of increments by compare-and-swap none is lost': { [LATE]: checksFirst('PutObject', 20) },
  },
})
