import { FAULTS, type Fault, type Faults } from './fault.ts'
import { OPERATIONS, type OperationName } from './operations.ts'
import type { S3Request } from './request.ts'

export { FAULTS, type Fault, type Faults }

/** Operations with conditions on what they write or delete: only these return 409 ConditionalRequestConflict. */
const CONFLICTS = ['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject', 'DeleteObjects'] as const
/** Operations that can return 200 with an error in the body. */
const ERRORS_IN_200 = ['CopyObject', 'UploadPartCopy', 'CompleteMultipartUpload'] as const
/** Operations that return 412 because of the key that they are sent to. */
const RELEASES = ['PutObject', 'CopyObject', 'CompleteMultipartUpload'] as const

const ONLY: Readonly<Partial<Record<Fault['fault'], readonly OperationName[]>>> = {
  conflict: CONFLICTS,
  'error-in-200': ERRORS_IN_200,
  'released-meanwhile': RELEASES,
}

/** @throws Error for a fault that can never happen */
export function checkFault(fault: Fault): void {
  const { fault: name, operation, key, times, milliseconds } = fault
  const fail = (why: string): never => {
    throw new TypeError(`Invalid fault ${JSON.stringify(fault)}: ${why}.`)
  }
  if (!FAULTS.includes(name)) fail(`fault must be one of ${FAULTS.join(', ')}`)
  if (operation !== '*' && !OPERATIONS.includes(operation)) {
    const like = OPERATIONS.filter((one) => one.toLowerCase().startsWith(String(operation).toLowerCase().slice(0, 4)))
    fail(`there is no operation ${operation}${like.length > 0 ? `; use one of ${like.join(', ')}` : ''}`)
  }
  const only = ONLY[name]
  if (only && operation !== '*' && !only.includes(operation)) {
    fail(`${name} can only happen to ${only.join(', ')}`)
  }
  if (operation === 'Preflight' && key !== undefined) fail('a preflight is not about a key')
  if (key === '') fail('key must not be empty')
  if (times !== undefined && !(Number.isInteger(times) && times >= 1)) fail('times must be a whole number from 1')
  if (name === 'latency' ? !(milliseconds !== undefined && milliseconds >= 0) : milliseconds !== undefined) {
    fail(name === 'latency' ? 'latency needs milliseconds' : 'only latency has milliseconds')
  }
}

export interface FaultQueue extends Faults {
  /**
   * The faults that a request meets: latency, and one that decides on its response. The others wait for the next request.
   * Those with a number of times come first, in the order of `add`.
   * @param keys those of the request: the one in its path, or those of the entries of DeleteObjects
   * @param isConditional it has a condition on what it writes or deletes
   */
  meet(request: S3Request, keys: readonly string[], isConditional: boolean): readonly Fault[]
  /** Uses up a fault that depends on the response. */
  take(name: 'released-meanwhile', request: S3Request, keys: readonly string[]): boolean
}

/** @throws TypeError for a fault that can never happen */
export function newFaults(initial: readonly Fault[] = []): FaultQueue {
  let waiting: Fault[] = []
  const add = (fault: Fault) => {
    checkFault(fault)
    waiting.push({ ...fault })
  }
  const useUp = (met: readonly Fault[]) => {
    waiting = waiting.flatMap((one) => {
      if (one.times === undefined || !met.includes(one)) return [one]
      return one.times > 1 ? [{ ...one, times: one.times - 1 }] : []
    })
    return met
  }
  for (const fault of initial) add(fault)
  return {
    add,
    clear() {
      waiting = []
    },
    list: () => [...waiting],
    meet(request, keys, isConditional) {
      if (waiting.length === 0) return []
      const possible = waiting.filter(({ fault }) => fault !== 'conflict' || isConditional)
      const here = possible.filter((one) => isFor(one, request, keys))
      const inTurn = [...here.filter(isCounted), ...here.filter((one) => !isCounted(one))]
      const latency = inTurn.find(({ fault }) => fault === 'latency')
      const decisive = inTurn.find(({ fault }) => fault !== 'latency' && fault !== 'released-meanwhile')
      return useUp([latency, decisive].flatMap((one) => one ?? []))
    },
    take: (name, request, keys) =>
      useUp(waiting.filter((one) => one.fault === name && isFor(one, request, keys)).slice(0, 1)).length > 0,
  }
}

const isCounted = ({ times }: Fault) => times !== undefined

function isFor(fault: Fault, request: S3Request, keys: readonly string[]): boolean {
  const { operation } = request
  if (operation === undefined || (fault.operation !== '*' && fault.operation !== operation)) return false
  if (fault.key !== undefined && !keys.includes(fault.key)) return false
  if (fault.bucket !== undefined && fault.bucket !== request.bucket) return false
  return ONLY[fault.fault]?.includes(operation) ?? true
}

const EXAMPLES = 'conflict:PutObject:times=1, lost-response:PutObject:key=a/b:times=1 or latency:*:ms=200'

/**
 * Reads a fault as the command line has it: its name, the operation, then `key=`, `bucket=`, `times=` and `ms=` in any
 * order. A colon, a percent sign and what else a key may have can be percent-encoded: `key=log%3A17`.
 * @throws TypeError that says what is wrong, and what a valid one looks like
 */
export function readFault(text: string): Fault {
  const [fault = '', operation = '', ...rest] = text.split(':')
  const options: Record<string, string | number> = {}
  for (const part of rest) {
    const [, name = '', value = ''] = /^(key|bucket|times|ms)=(.*)$/s.exec(part) ?? []
    if (name === 'times' || name === 'ms') options[name === 'ms' ? 'milliseconds' : name] = Number(value)
    else if (name) options[name] = decodeURIComponent(value)
    else throw new TypeError(`Invalid fault ${text}: ${part} is not key=, bucket=, times= or ms=. Write ${EXAMPLES}.`)
  }
  const read = { fault, operation, ...options } as Fault
  try {
    checkFault(read)
  } catch (error) {
    const [, why = ''] = /: (.*)\.$/s.exec((error as Error).message) ?? []
    throw new TypeError(`Invalid fault ${text}: ${why}. Write ${EXAMPLES}.`)
  }
  return read
}
