import {
  type Effect,
  type Entry,
  type ErrorResponse,
  evaluate,
  expectedOf,
  type Failure,
  type Headers,
  type Operation,
  type Outcome,
  type Request,
  type State,
  type Success,
} from 's3-reference-store/rules'

// What mutants of rules are made of: which requests are meant, and what is decided instead of the right outcome. The
// store does what an outcome says, so that `{ ...refused, effect: 'written' }` is a 412 that has written all the same.

/** What a store decides whose rules are wrong: the right outcome, or another one. */
export type Override = (request: Request, state: State, right: Outcome) => Outcome

/** Which requests are meant. It is called for every request. */
export type Meant = (request: Request, state: State, right: Outcome) => boolean
export type Which = Operation | Meant

export const to =
  (...operations: Operation[]): Meant =>
  ({ operation }) =>
    operations.includes(operation)
export const reads = to('GetObject', 'HeadObject')
export const copies = to('CopyObject', 'UploadPartCopy')

const meantBy = (which: Which): Meant => (typeof which === 'function' ? which : to(which))

/** Those that all of these mean. */
export const both =
  (...all: Which[]): Meant =>
  (...about) =>
    all.map((one) => meantBy(one)(...about)).every(Boolean)

export const not =
  (which: Which): Meant =>
  (...about) =>
    !meantBy(which)(...about)

/** Those that have a header with such a value. */
export const having = (which: Which, member: keyof Headers, value = /./): Meant =>
  both(which, ({ headers }) => value.test(headers?.[member] ?? ''))

export const hasVersionId: Meant = ({ versionId }) => versionId !== undefined

/** Those to a key that holds no object, and those to one that does. */
export const isFree: Meant = (_, { key }) => !key.current
export const isTaken = not(isFree)

/** Those that have this other header, by its lower-case name. */
export const carrying = (which: Which, header: string): Meant =>
  both(which, ({ otherHeaders = [] }) => otherHeaders.includes(header))

/** Those whose right outcome is a refusal with such a status. */
export const failing = (which: Which, status: number): Meant =>
  both(which, (_, __, right) => refusalIn(right)?.status === status)

/**
 * Those to a key to which such a request was sent before.
 * @param of what both have in common: the key, if it is omitted
 */
export function after(before: Which, of = ({ key }: Request) => key): Meant {
  const seen = new Set<string>()
  return (request, ...about) => {
    const was = seen.has(of(request))
    if (meantBy(before)(request, ...about)) seen.add(of(request))
    return was
  }
}

const when =
  (which: Which, override: Override): Override =>
  (...about) =>
    meantBy(which)(...about) ? override(...about) : about[2]

/** Decides as if another request had been sent. */
export const asIf = (which: Which, change: (request: Request, state: State) => Request): Override =>
  when(which, (request, state) => evaluate(change(request, state), state))

/** Decides as if the state were another one. */
export const asIfIn = (which: Which, change: (state: State) => State): Override =>
  when(which, (request, state) => evaluate(request, change(state)))

/** Does not look at these headers. */
export const ignoring = (which: Which, ...members: (keyof Headers)[]): Override =>
  asIf(which, (request) => without(request, members))

/** Reads another value in a header than the one that was sent. */
export const mistaking = (which: Which, member: keyof Headers, to: (value: string) => string | undefined): Override =>
  asIf(having(which, member, /^/), (request) => {
    const value = request.headers?.[member]
    return value === undefined ? request : { ...request, headers: { ...request.headers, [member]: to(value) } }
  })

/** A date that is some seconds later, written as an HTTP date. */
export const later = (seconds: number) => (date: string) =>
  new Date(new Date(date).getTime() + 1000 * seconds).toUTCString()

/** How a request fails: a text is the Condition of a 412. */
type FailsWith = string | ErrorResponse | ((request: Request, was: ErrorResponse) => ErrorResponse)

/** Fails with this, whatever the key holds. */
export const refusing = (which: Which, failure: FailsWith): Override =>
  when(which, (request, _, right) => {
    if (typeof failure === 'string') return refused(preconditionFailed(failure))
    return refused(typeof failure === 'function' ? failure(request, refusalIn(right) ?? accessDenied) : failure)
  })

/** Fails with this where the right outcome is to fail with such a status. */
export const instead = (status: number, which: Which, failure: FailsWith): Override =>
  refusing(failing(which, status), failure)

/** Succeeds, and changes nothing or this. */
export const accepting = (which: Which, status: number, effect: Effect = 'unchanged'): Override =>
  when(which, () => accepted(status, effect))

/** Carries a request out as if it had no conditions, where the right outcome is to fail with such a status. */
export const allowing = (status: number, which: Which): Override =>
  asIf(failing(which, status), (request) => without(request, CONDITIONS))

/** Decides as is right, and does something else. */
export const withEffect = (effect: Effect, which: Which): Override =>
  when(which, (_, __, right) => {
    const expected = expectedOf(right)
    return expected ? { ...expected, effect } : right
  })

/** Fails as is right, and carries the request out all the same. */
export const behind = (which: Which): Override =>
  when(which, (request, state, right) => {
    const refusal = expectedOf(right)
    const done = expectedOf(evaluate(without(request, CONDITIONS), state))
    return refusal?.kind === 'failure' && done ? { ...refusal, effect: done.effect } : right
  })

/** Decides as if there were no policy and no rights to ask for. */
export const asOwner = (which: Which): Override => asIf(which, ({ caller: _, ...request }) => request)

/** Decides as if the request were signed in its headers. */
export const unsigned = (which: Which): Override => asIf(which, ({ signature: _, ...request }) => request)

/** Reads the entries of DeleteObjects in another way. */
export const reading = (change: (entry: Entry, n: number) => Entry, which: Which = 'DeleteObjects'): Override =>
  asIf(which, (request) => ({ ...request, entries: request.entries?.map(change) }))

/** Does not look at a condition of the entries. */
export const ignoringOfEntries = (member: keyof Entry, which?: Which): Override =>
  reading((entry) => omit(entry, member), which)

/** Decides otherwise about entries of DeleteObjects. */
export const deciding = (decide: (right: Outcome, entry: Entry, n: number, state: State) => Outcome): Override =>
  when('DeleteObjects', (_, state, right) => {
    if (right.kind !== 'success') return right
    const entries = right.entries?.map(({ entry, outcome }, n) => ({
      entry,
      outcome: decide(outcome, entry, n, state),
    }))
    return { ...right, entries }
  })

/** The right refusal; undefined for what succeeds, and where nothing is known. */
export function refusalIn(right: Outcome): ErrorResponse | undefined {
  const outcome = expectedOf(right)
  return outcome?.kind === 'failure' ? outcome.error : undefined
}

const steps = [{ reason: 'a rule is broken', facts: [] }]

export const refused = (error: ErrorResponse): Failure => ({ kind: 'failure', error, effect: 'unchanged', steps })

export const accepted = (status: number, effect: Effect): Success => ({ kind: 'success', status, effect, steps })

export const error = (status: number, code: string): ErrorResponse => ({ status, code })
export const accessDenied = error(403, 'AccessDenied')
export const notImplemented = error(501, 'NotImplemented')
export const preconditionFailed = (condition?: string): ErrorResponse => ({
  ...error(412, 'PreconditionFailed'),
  ...(condition !== undefined && { condition }),
})
export const noSuchKey = ({ key }: Pick<Request, 'key'>): ErrorResponse => ({ ...error(404, 'NoSuchKey'), key })
export const conflict = (condition: string, key?: string): ErrorResponse => ({
  ...{ ...error(409, 'ConditionalRequestConflict'), condition },
  ...(key !== undefined && { key }),
})

/** Words a refusal without one of its parts. */
export const lacking =
  (member: keyof ErrorResponse): FailsWith =>
  (_, was) =>
    omit(was, member)

/** Words a refusal otherwise. */
export const worded =
  (parts: Partial<ErrorResponse>): FailsWith =>
  (_, was) => ({ ...was, ...parts })

/** What the specs send as an entity tag that no object has. */
export const anotherETag = /^"?0{32}"?$/

const CONDITIONS = [
  ...(['ifMatch', 'ifNoneMatch', 'ifModifiedSince', 'ifUnmodifiedSince'] as const),
  ...(['ifMatchSize', 'ifMatchLastModifiedTime', 'ifMatchInitiatedTime'] as const),
  ...(['copySourceIfMatch', 'copySourceIfNoneMatch'] as const),
  ...(['copySourceIfModifiedSince', 'copySourceIfUnmodifiedSince'] as const),
] as const

function without(request: Request, members: readonly (keyof Headers)[]): Request {
  return { ...request, headers: omit(request.headers ?? {}, ...members) }
}

function omit<T extends object>(whole: T, ...members: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !members.includes(name as keyof T))) as T
}
