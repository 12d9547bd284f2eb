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

// An override replaces the correct outcome of some requests. The store applies whatever outcome the override returns.
// For example, for a failure with the effect `written`, the store returns the error but still writes the object.

/** @param right the correct outcome, which the override returns unchanged or replaces with a wrong one */
export type Override = (request: Request, state: State, right: Outcome) => Outcome

/** Decides whether to select a request. Called for every request, so it can keep track of earlier requests. */
export type Predicate = (request: Request, state: State, right: Outcome) => boolean
export type Scope = Operation | Predicate

const isOneOf =
  (...operations: Operation[]): Predicate =>
  ({ operation }) =>
    operations.includes(operation)
export const reads = isOneOf('GetObject', 'HeadObject')
export const copies = isOneOf('CopyObject', 'UploadPartCopy')

const predicateOf = (scope: Scope): Predicate => (typeof scope === 'function' ? scope : isOneOf(scope))

/** Calls every predicate, even after one has returned false, because some keep track of earlier requests. */
export const allOf =
  (...scopes: Scope[]): Predicate =>
  (...context) =>
    scopes.map((scope) => predicateOf(scope)(...context)).every(Boolean)

export const not =
  (scope: Scope): Predicate =>
  (...context) =>
    !predicateOf(scope)(...context)

export const withHeader = (scope: Scope, member: keyof Headers, value = /./): Predicate =>
  allOf(scope, ({ headers }) => value.test(headers?.[member] ?? ''))

/** @param header the lower-case name of a header that is not a conditional header */
export const withOtherHeader = (scope: Scope, header: string): Predicate =>
  allOf(scope, ({ otherHeaders = [] }) => otherHeaders.includes(header))

export const hasVersionId: Predicate = ({ versionId }) => versionId !== undefined
export const hasNoObject: Predicate = (_, { key }) => !key.current
export const hasObject = not(hasNoObject)

/** Selects requests in the scope whose correct outcome is a failure with the given status. */
export const failsWith = (scope: Scope, status: number): Predicate =>
  allOf(scope, (_, __, right) => errorIn(right)?.status === status)

/**
 * Selects requests to a key after a request selected by `before` has been sent to the same key.
 * @param keyOf returns the key to compare; by default, the key of the request
 */
export function after(before: Scope, keyOf = ({ key }: Request) => key): Predicate {
  const seen = new Set<string>()
  return (request, ...context) => {
    const wasSeen = seen.has(keyOf(request))
    if (predicateOf(before)(request, ...context)) seen.add(keyOf(request))
    return wasSeen
  }
}

const when =
  (scope: Scope, override: Override): Override =>
  (...context) =>
    predicateOf(scope)(...context) ? override(...context) : context[2]

export const changingRequest = (scope: Scope, change: (request: Request, state: State) => Request): Override =>
  when(scope, (request, state) => evaluate(change(request, state), state))

export const changingState = (scope: Scope, change: (state: State) => State): Override =>
  when(scope, (request, state) => evaluate(request, change(state)))

export const ignoring = (scope: Scope, ...members: (keyof Headers)[]): Override =>
  changingRequest(scope, (request) => withoutHeaders(request, members))

/** Evaluates a header as if its value were the one that `change` returns; undefined removes the header. */
export const misreading = (
  scope: Scope,
  member: keyof Headers,
  change: (value: string) => string | undefined,
): Override =>
  changingRequest(scope, (request) => {
    const value = request.headers?.[member]
    return value === undefined ? request : { ...request, headers: { ...request.headers, [member]: change(value) } }
  })

/** Adds seconds to an HTTP date. */
export const later = (seconds: number) => (date: string) =>
  new Date(new Date(date).getTime() + 1000 * seconds).toUTCString()

/** A complete error, a function that changes the correct error, or the text of the Condition element in a 412 error. */
type WrongError = string | ErrorResponse | ((request: Request, right: ErrorResponse) => ErrorResponse)

/** Makes every request in the scope fail. */
export const failing = (scope: Scope, error: WrongError): Override =>
  when(scope, (request, _, right) => {
    if (typeof error === 'string') return failure(preconditionFailed(error))
    return failure(typeof error === 'function' ? error(request, errorIn(right) ?? accessDenied) : error)
  })

/** Replaces the correct error with `error` when a request in the scope should fail with `status`. */
export const insteadOf = (status: number, scope: Scope, error: WrongError): Override =>
  failing(failsWith(scope, status), error)

/** Makes every request in the scope succeed. */
export const succeeding = (scope: Scope, status: number, effect: Effect = 'unchanged'): Override =>
  when(scope, () => success(status, effect))

/** Ignores all conditions of requests that should fail with the given status. */
export const succeedingInsteadOf = (status: number, scope: Scope): Override =>
  changingRequest(failsWith(scope, status), (request) => withoutHeaders(request, CONDITIONS))

/** Returns the correct response but gives the request a different effect on the store. */
export const withEffect = (effect: Effect, scope: Scope): Override =>
  when(scope, (_, __, right) => {
    const expected = expectedOf(right)
    return expected ? { ...expected, effect } : right
  })

/** Returns the correct error but performs the write or delete anyway. */
export const writingSilently = (scope: Scope): Override =>
  when(scope, (request, state, right) => {
    const expected = expectedOf(right)
    const unconditional = expectedOf(evaluate(withoutHeaders(request, CONDITIONS), state))
    return expected?.kind === 'failure' && unconditional ? { ...expected, effect: unconditional.effect } : right
  })

/** Evaluates requests as if the caller had all permissions. Deny statements still apply. */
export const asOwner = (scope: Scope): Override => changingRequest(scope, ({ caller: _, ...request }) => request)

/** Evaluates requests as if they were not signed. */
export const unsigned = (scope: Scope): Override => changingRequest(scope, ({ signature: _, ...request }) => request)

export const changingEntries = (change: (entry: Entry, n: number) => Entry, scope: Scope = 'DeleteObjects'): Override =>
  changingRequest(scope, (request) => ({ ...request, entries: request.entries?.map(change) }))

/** Ignores one member, such as the ETag, in all entries of DeleteObjects requests. */
export const ignoringInEntries = (member: keyof Entry, scope?: Scope): Override =>
  changingEntries((entry) => omit(entry, member), scope)

export const changingEntryOutcomes = (
  change: (right: Outcome, entry: Entry, n: number, state: State) => Outcome,
): Override =>
  when('DeleteObjects', (_, state, right) => {
    if (right.kind !== 'success') return right
    const entries = right.entries?.map(({ entry, outcome }, n) => ({
      entry,
      outcome: change(outcome, entry, n, state),
    }))
    return { ...right, entries }
  })

/** Returns the error with which the request is expected to fail, or undefined if no failure is expected. */
export function errorIn(right: Outcome): ErrorResponse | undefined {
  const outcome = expectedOf(right)
  return outcome?.kind === 'failure' ? outcome.error : undefined
}

const steps = [{ reason: 'the mutant overrides the correct outcome', facts: [] }]

export const failure = (error: ErrorResponse): Failure => ({ kind: 'failure', error, effect: 'unchanged', steps })
export const success = (status: number, effect: Effect): Success => ({ kind: 'success', status, effect, steps })

export const error = (status: number, code: string): ErrorResponse => ({ status, code })
export const accessDenied = error(403, 'AccessDenied')
export const notImplemented = error(501, 'NotImplemented')
export const preconditionFailed = (condition?: string): ErrorResponse => ({
  ...error(412, 'PreconditionFailed'),
  ...(condition !== undefined && { condition }),
})
export const noSuchKey = ({ key }: Pick<Request, 'key'>): ErrorResponse => ({ ...error(404, 'NoSuchKey'), key })
export const conflict = (condition: string, key?: string): ErrorResponse => ({
  ...error(409, 'ConditionalRequestConflict'),
  condition,
  ...(key !== undefined && { key }),
})

/** Removes an element from the correct error. */
export const withoutElement =
  (member: keyof ErrorResponse): WrongError =>
  (_, right) =>
    omit(right, member)

/** Changes elements of the correct error. */
export const withElements =
  (elements: Partial<ErrorResponse>): WrongError =>
  (_, right) => ({ ...right, ...elements })

/** Matches the ETag that specs send when they need an ETag that no object has. */
export const anotherETag = /^"?0{32}"?$/

const CONDITIONS = [
  ...(['ifMatch', 'ifNoneMatch', 'ifModifiedSince', 'ifUnmodifiedSince'] as const),
  ...(['ifMatchSize', 'ifMatchLastModifiedTime', 'ifMatchInitiatedTime'] as const),
  ...(['copySourceIfMatch', 'copySourceIfNoneMatch'] as const),
  ...(['copySourceIfModifiedSince', 'copySourceIfUnmodifiedSince'] as const),
] as const

function withoutHeaders(request: Request, members: readonly (keyof Headers)[]): Request {
  return { ...request, headers: omit(request.headers ?? {}, ...members) }
}

function omit<T extends object>(whole: T, ...members: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => !members.includes(name as keyof T))) as T
}
