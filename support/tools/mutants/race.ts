import { setTimeout } from 'node:timers/promises'
import type { Lie, Passing } from '../../proxy/liar'
import { isDeleteMany, writing } from './changing-lies'
import { keyIn } from './lies'
import type { Mutant } from './mutant'

// What stores get wrong when several callers come at the same time: they check, and write later.

/** Those whose condition is in a header; DeleteObjects has it in its body. */
type Operation = 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject'

/** Whether a request is one of the operation. */
function isOperation(operation: Operation, { method, path }: Passing): boolean {
  if (operation === 'CompleteMultipartUpload') return method === 'POST' && path.includes('uploadId=')
  return method !== 'GET' && new RegExp(`x-id=${operation}(&|$)`).test(path)
}

/** Whether it has a condition, too. */
function isConditional(operation: Operation, passing: Passing): boolean {
  const { 'if-match': tag, 'if-none-match': star } = passing.headers
  return (tag ?? star) !== undefined && isOperation(operation, passing)
}

/** Checks the condition when the request begins, and has the store write some time later without one. */
const checksFirst = (operation: Operation, milliseconds: number): Lie => ({
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
async function holds(passing: Passing, path = keyIn(passing), tag = passing.headers['if-match']) {
  const { host, authorization } = passing.headers
  // Through the liar, which signs anew what its owner has signed.
  const headers = { authorization: String(authorization), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const found = await fetch(`http://${host}${path}`, { method: 'HEAD', headers })
  if (found.status !== 200 && found.status !== 404) throw new Error(`The liar may not look: ${found.status}`)
  return tag ? found.headers.get('etag') === tag : found.status === 404
}

function dropConditions({ headers }: Passing): void {
  delete headers['if-match']
  delete headers['if-none-match']
}

/** Evaluates a condition and writes in one step, 20 ms long; each operation has a lock of its own for that. */
const locksByOperation = (...operations: (Operation | 'DeleteObjects')[]): Lie => {
  const last = new Map<string, Promise<void>>()
  const releases = new WeakMap<Passing, () => void>()
  const lock = async (passing: Passing, name: string) => {
    const before = last.get(name)
    last.set(name, new Promise((resolve) => releases.set(passing, resolve)))
    await before
  }
  return {
    async request(passing) {
      const operation = operations.find((one) => one !== 'DeleteObjects' && isOperation(one, passing)) as Operation
      if (!operation) return undefined
      await lock(passing, `${operation} ${keyIn(passing)}`)
      if (isConditional(operation, passing) && (await holds(passing))) {
        dropConditions(passing)
        await setTimeout(20)
      }
      return undefined
    },
    async body(passing, body) {
      const [, key] = /<Key>(.*?)<\/Key>/.exec(body) ?? []
      if (!isDeleteMany(passing) || !operations.includes('DeleteObjects') || !key) return body
      await lock(passing, `DeleteObjects ${key}`)
      const [element = '', tag] = /<ETag>(.*?)<\/ETag>/.exec(body) ?? []
      const path = `${keyIn(passing).replace(/\/$/, '')}/${encodeURIComponent(key)}`
      if (!tag || !(await holds(passing, path, tag.replaceAll('&quot;', '"')))) return body
      await setTimeout(20)
      return body.replace(element, '')
    },
    answer(passing) {
      releases.get(passing)?.()
      return undefined
    },
  }
}

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

const BREAKS = 'each of them has a lock of its own'
const ALL = [...operations, 'DeleteObjects'] as const

/** Stores that are atomic by operation, and not across operations. */
const acrossOperations: readonly Mutant[] = [
  {
    name: 'PutObject and DeleteObject: one of both wins',
    breaks: BREAKS,
    specs: ['specs/race/one-of-a-delete'],
    lie: locksByOperation('PutObject', 'DeleteObject'),
  },
  {
    name: 'DeleteObjects and DeleteObject: one of both wins',
    breaks: BREAKS,
    specs: ['specs/race/one-of-a-delete'],
    lie: locksByOperation('DeleteObjects', 'DeleteObject'),
  },
  {
    name: 'CopyObject and CompleteMultipartUpload: one of both wins',
    breaks: BREAKS,
    specs: ['specs/race/one-of-two'],
    lie: locksByOperation('CopyObject', 'CompleteMultipartUpload'),
  },
  ...[
    'specs/race/one-of-two',
    'specs/race/one-of-a-delete',
    'specs/race/a-plain-write',
    'specs/race/a-plain-delete',
  ].map(
    (spec): Mutant => ({
      name: `All five operations lock a key together: ${spec}`,
      breaks: BREAKS,
      specs: [spec],
      lie: locksByOperation(...ALL),
    }),
  ),
  {
    name: 'DeleteObjects lists the entry that loses under Errors',
    breaks: 'under Deleted',
    specs: ['specs/race/one-of-a-delete'],
    lie: writing(isDeleteMany, 200, /<Error>(<Key>.*?<\/Key>).*?<\/Error>/gs, '<Deleted>$1</Deleted>'),
  },
]

export const race: readonly Mutant[] = [
  ...late,
  ...ofLargeBodies,
  ...acrossOperations,
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
