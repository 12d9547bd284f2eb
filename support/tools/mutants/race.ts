import { setTimeout } from 'node:timers/promises'
import type { Lie, Passing } from '../../proxy/liar'
import type { Mutant } from './mutant'

// What stores get wrong when several callers come at the same time: they check, and write later.

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
    // Through the liar, which signs anew what its owner has signed.
    const url = `http://${host}${passing.path.split('?')[0]}`
    const headers = { authorization: String(authorization), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
    const found = await fetch(url, { method: 'HEAD', headers })
    if (found.status !== 200 && found.status !== 404) throw new Error(`The liar may not look: ${found.status}`)
    const holds = tag ? found.headers.get('etag') === tag : found.status === 404
    if (!holds) return undefined
    delete passing.headers['if-match']
    delete passing.headers['if-none-match']
    await setTimeout(milliseconds)
    return undefined
  },
})

const answersLosers = (operation: Operation, status: number, code?: string): Lie => ({
  answer: (passing, answered) => {
    if (!isConditional(operation, passing) || answered < 400) return undefined
    return { status, ...(code && { body: `<Error><Code>${code}</Code><Message>no</Message></Error>` }) }
  },
})

/** Refuses all but the first caller, and writes for all of them. */
const writesForLosers = (operation: Operation): Lie => {
  const taken = new Set<string | undefined>()
  return {
    request: (passing) => {
      if (!isConditional(operation, passing)) return undefined
      const [key] = passing.path.split('?')
      if (taken.has(key)) passing.headers['x-liar'] = 'refuse'
      taken.add(key)
      delete passing.headers['if-match']
      delete passing.headers['if-none-match']
      return undefined
    },
    answer: ({ headers }) =>
      headers['x-liar']
        ? { status: 412, body: '<Error><Code>PreconditionFailed</Code><Message>no</Message></Error>' }
        : undefined,
  }
}

const ROOMS: Readonly<Record<Operation, string>> = {
  PutObject: 'specs/race/one-put',
  CopyObject: 'specs/race/one-copy',
  CompleteMultipartUpload: 'specs/race/one-completion',
  DeleteObject: 'specs/race/one-delete',
}
const operations = Object.keys(ROOMS) as Operation[]

const late = operations.map(
  (operation): Mutant => ({
    name: `${operation}: of several callers at the same time one wins`,
    breaks: 'checks first and writes 20 ms later',
    specs: [ROOMS[operation]],
    lie: checksFirst(operation, 20),
  }),
)

const ofLargeBodies = (['PutObject', 'CompleteMultipartUpload'] as const).map(
  (operation): Mutant => ({
    name: `${operation}: of several callers with large bodies one wins`,
    breaks: 'checks first and writes 20 ms later',
    specs: ['specs/race/large-bodies'],
    lie: checksFirst(operation, 20),
  }),
)

export const race: readonly Mutant[] = [
  ...late,
  ...ofLargeBodies,
  {
    name: 'PutObject: the precondition is judged when the body ends',
    breaks: 'judges it when the body begins',
    specs: ['specs/race/a-put-is-judged'],
    lie: checksFirst('PutObject', 0),
  },
  {
    name: 'PutObject: of increments by compare-and-swap none is lost',
    breaks: 'checks first and writes 20 ms later',
    specs: ['specs/race/increments'],
    lie: checksFirst('PutObject', 20),
  },
  {
    name: 'PutObject: a loser is refused with 412 or 409',
    breaks: 'answers 404',
    specs: [ROOMS.PutObject],
    lie: answersLosers('PutObject', 404, 'NoSuchKey'),
  },
  {
    name: 'CopyObject: a loser is refused with a code',
    breaks: 'answers 412 with another code',
    specs: [ROOMS.CopyObject],
    lie: answersLosers('CopyObject', 412, 'Conflict'),
  },
  {
    name: 'DeleteObject: whoever deletes nothing is refused',
    breaks: 'answers 204',
    specs: [ROOMS.DeleteObject],
    lie: answersLosers('DeleteObject', 204),
  },
  {
    name: 'PutObject: the bytes of a loser are nowhere',
    breaks: 'refuses and writes all the same',
    specs: [ROOMS.PutObject],
    lie: writesForLosers('PutObject'),
  },
]
