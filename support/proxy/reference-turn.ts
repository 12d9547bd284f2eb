import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import {
  type Accepted,
  answer,
  expectedOf,
  factsOf,
  type Outcome,
  type Refused,
  type Request,
  type State,
} from 's3-reference-store/rules'
import type { Credentials } from '../stores/store'
import { type Passing, passOn, type Upstream } from './proxy'
import { sayRefusal } from './reference-answers'
import { textOf } from './reference-body'
import type { Fault, Faults } from './reference-faults'
import type { Deletes, Locks } from './reference-locks'
import type { Access, Buckets } from './reference-policy'
import { type Call, isCondition, pathOf } from './reference-request'
import type { Tags } from './reference-tags'
import type { Uploads } from './reference-uploads'

/** What the reference store is made of: the store behind, which only stores, and what is remembered here. */
export interface House {
  readonly store: Upstream
  readonly owner: Credentials
  readonly version: string
  readonly locks: Locks
  readonly deletes: Deletes
  readonly uploads: Uploads
  readonly tags: Tags
  readonly buckets: Buckets
  readonly faults: Faults
  readonly log?: ((line: string) => void) | undefined
}

/** A request and its answer. */
export interface Turn {
  readonly house: House
  readonly call: Call
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly access: Access
  /** The request as the rules see it, but for what depends on its body. */
  readonly request: Request
  /** A client that awaits `100 Continue` sends its body only then. */
  readonly awaitsBody: boolean
  /** Nothing has to be judged: no condition, no policy, and nobody but the owner who asks. */
  readonly isPlain: boolean
  /** The faults that were asked for and that it meets. */
  readonly faults: readonly Fault[]
}

/** Hop by hop, or about a signature that the request behind does not have any more. */
const DROPPED =
  /^(connection|keep-alive|expect|transfer-encoding|authorization|x-amz-security-token|x-amz-s3session-token)$/

/** Sends a call to the store behind, without its conditions and as its owner, who has been found to be allowed it. */
export function forward(
  { house, call }: Pick<Turn, 'house' | 'call'>,
  {
    method = call.method,
    path = pathOf(call),
    headers = call.headers,
    body,
  }: Partial<Passing> & { body?: Readable } = {},
): Promise<IncomingMessage> {
  const kept = Object.entries(headers).filter(([name]) => !DROPPED.test(name) && !isCondition(name))
  const { accessKeyId } = house.owner
  const credential = `Credential=${accessKeyId}/20260101/us-east-1/s3/aws4_request`
  const all = {
    ...Object.fromEntries(kept),
    ...(!call.isWebsite && {
      host: 'localhost',
      authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`,
    }),
  }
  const send = () => house.store.send({ method, path, headers: all }, body)
  return method === 'GET' || method === 'HEAD' ? asksAgain(send) : send()
}

/**
 * The store behind may respond with 500, or close the connection, when an object is read while it is being deleted. Asked
 * again, it responds with 404. Amazon S3 does neither.
 */
async function asksAgain(read: () => Promise<IncomingMessage>, attempts = 5): Promise<IncomingMessage> {
  const found = await read().catch((error: Error) => error)
  const isFailed = found instanceof Error || found.statusCode === 500
  if (isFailed && attempts > 1) {
    if (!(found instanceof Error)) found.resume()
    return asksAgain(read, attempts - 1)
  }
  if (found instanceof Error) throw found
  return found
}

/** The same for an answer whose body is small. */
export async function ask(turn: Pick<Turn, 'house' | 'call'>, passing: Parameters<typeof forward>[1]) {
  const answered = await forward(turn, passing)
  return { status: answered.statusCode ?? 502, headers: answered.headers, body: await textOf(answered) }
}

/** What to count on, and a line of the log for it; undefined where nobody knows. */
export function judge(
  { house, call, request }: Turn,
  state: State,
  more: Partial<Request> = {},
): Accepted | Refused | undefined {
  const outcome = answer({ ...request, ...more }, state)
  const expected = expectedOf(outcome)
  if (call.isConditional || expected?.kind === 'refused') house.log?.(lineOf(call, outcome))
  return expected
}

/** `PutObject b/k, if-none-match: * → 412 PreconditionFailed: the key holds an object (P02, P05)`. */
function lineOf({ operation, bucket, key, headers }: Call, outcome: Outcome): string {
  const sent = Object.entries(headers).filter(([name]) => isCondition(name) || name === 'range')
  const asked = [`${operation} ${bucket}/${key ?? ''}`, ...sent.map(([name, value]) => `${name}: ${value}`)].join(', ')
  const expected = expectedOf(outcome)
  const said = expected?.kind === 'refused' ? [expected.error.status, expected.error.code] : [expected?.status]
  const facts = factsOf(outcome).join(', ')
  const known = outcome.kind === 'not known' ? `not known${expected ? ', expected ' : ''}` : ''
  const why = outcome.steps.map(({ says }) => says).join('; ')
  return `${asked} → ${known}${said.filter(Boolean).join(' ')}: ${why}${facts && ` (${facts})`}`
}

/** Refuses as the rules say. */
export function refuse(turn: Turn, { error }: Refused): void {
  const { incoming, outgoing, call, awaitsBody } = turn
  // What was not asked for is not sent, and must not be awaited on this connection.
  sayRefusal(outgoing, error, call.method === 'HEAD', awaitsBody)
  if (!awaitsBody) incoming.resume()
}

/** Where the facts end, a write is not guessed at. */
export function refuseUnknown(turn: Turn): void {
  const message = 'What Amazon S3 answers here is not known, so that the reference store does not either.'
  refuse(turn, {
    kind: 'refused',
    effect: 'unchanged',
    steps: [],
    error: { status: 501, code: 'NotImplemented', message },
  })
}

/** Passes an answer on, with the entity tag that the key has here. */
export function pass({ house, call, outgoing }: Turn, answered: IncomingMessage): void {
  const { bucket, key } = call
  passOn(
    answered,
    outgoing,
    key === undefined ? answered.headers : (house.tags.read(bucket, key, answered.headers) as typeof answered.headers),
  )
}
