import { FAULTS, type Fault, type Faults } from './fault.ts'
import { OPERATIONS, type OperationName } from './operations.ts'
import { decoded, type S3Request } from './request.ts'
import { quotedIfNeeded } from './values.ts'

/** The operations that each fault applies to. A fault that is not listed applies to all operations. */
const ONLY: Readonly<Partial<Record<Fault['fault'], readonly OperationName[]>>> = {
  // Only a request with a condition on the key that it writes or deletes can fail with 409 ConditionalRequestConflict.
  conflict: ['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject', 'DeleteObjects'],
  'error-in-200': ['CopyObject', 'UploadPartCopy', 'CompleteMultipartUpload'],
  // These operations write an object and can fail with 412 because of a condition on its key.
  'released-meanwhile': ['PutObject', 'CopyObject', 'CompleteMultipartUpload'],
}

function whyNever({ fault, operation, key, times, milliseconds }: Fault): string | undefined {
  if (!FAULTS.includes(fault)) return `fault must be one of ${FAULTS.join(', ')}`
  if (operation !== '*' && !OPERATIONS.includes(operation)) {
    const like = OPERATIONS.filter((one) => one.toLowerCase().startsWith(String(operation).toLowerCase().slice(0, 4)))
    return `${operation} is not a known operation${like.length > 0 ? `; similar names: ${like.join(', ')}` : ''}`
  }
  const only = ONLY[fault]
  if (only && operation !== '*' && !only.includes(operation)) return `${fault} applies only to ${only.join(', ')}`
  if (operation === 'Preflight' && key !== undefined) return 'key cannot be set for the Preflight operation'
  if (key === '') return 'key must not be empty'
  if (times !== undefined && !(Number.isInteger(times) && times >= 1)) return 'times must be a positive whole number'
  if (fault !== 'latency')
    return milliseconds === undefined ? undefined : 'milliseconds can be set only for the latency fault'
  return milliseconds !== undefined && milliseconds >= 0 ? undefined : 'the latency fault requires milliseconds'
}

export interface FaultQueue extends Faults {
  /**
   * Selects the faults to inject into a request (at most one `latency` and one other fault), and decrements their
   * `times`. Faults with `times` take precedence over those without. Otherwise, faults are selected in the order in
   * which they were added.
   * @param keys the key in the path, or the keys of the DeleteObjects entries
   * @param isConditional whether the write or delete has a condition
   */
  meet(request: S3Request, keys: readonly string[], isConditional: boolean): readonly Fault[]
  /**
   * Selects a matching `released-meanwhile` fault for a request that failed with 412, and decrements the fault's
   * `times`.
   * @returns whether a fault was selected
   */
  takeRelease(request: S3Request, keys: readonly string[]): boolean
}

/** @throws TypeError for an invalid fault, such as `conflict` for GetObject */
export function newFaults(initial: readonly Fault[] = []): FaultQueue {
  let waiting: Fault[] = []
  const add = (fault: Fault) => {
    const why = whyNever(fault)
    if (why !== undefined) throw new TypeError(`Invalid fault ${JSON.stringify(fault)}: ${why}.`)
    waiting.push({ ...fault })
  }
  const takeAll = (met: readonly Fault[]) => {
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
      const matching = waiting.filter(
        (one) => matches(one, request, keys) && (one.fault !== 'conflict' || isConditional),
      )
      const ordered = [...matching.filter(isCounted), ...matching.filter((one) => !isCounted(one))]
      const latency = ordered.find(({ fault }) => fault === 'latency')
      const decisive = ordered.find(({ fault }) => fault !== 'latency' && fault !== 'released-meanwhile')
      return takeAll([latency, decisive].flatMap((one) => one ?? []))
    },
    takeRelease(request, keys) {
      const release = waiting.find((one) => one.fault === 'released-meanwhile' && matches(one, request, keys))
      return release !== undefined && takeAll([release]).length > 0
    },
  }
}

const isCounted = ({ times }: Fault) => times !== undefined

function matches(fault: Fault, request: S3Request, keys: readonly string[]): boolean {
  const { operation } = request
  if (operation === undefined || (fault.operation !== '*' && fault.operation !== operation)) return false
  if (fault.key !== undefined && !keys.includes(fault.key)) return false
  if (fault.bucket !== undefined && fault.bucket !== request.bucket) return false
  return ONLY[fault.fault]?.includes(operation) ?? true
}

const EXAMPLES = 'conflict:PutObject:times=1, lost-response:PutObject:key=a/b:times=1 or latency:*:ms=200'

/**
 * Parses a fault: its name, the operation, then `key=`, `bucket=`, `times=` and `ms=` in any order. The key and the
 * bucket can be percent-encoded, for example `key=log%3A17`.
 * @param label the name for the parsed text in the error message, such as `--fault`
 * @throws TypeError with examples of valid faults
 */
export function readFault(text: string, label = 'fault'): Fault {
  const invalid = (why: string) =>
    new TypeError(`Invalid ${label} ${quotedIfNeeded(text)}: ${why}. For example, use ${EXAMPLES}.`)
  const [fault = '', operation = '', ...rest] = text.split(':')
  const options: Record<string, string | number> = {}
  for (const part of rest) {
    const [, name = '', value = ''] = /^(key|bucket|times|ms)=(.*)$/s.exec(part) ?? []
    if (name === '') throw invalid(`${part} is not a valid option; use key=, bucket=, times= or ms=`)
    if (name === 'times') options.times = Number(value)
    else if (name === 'ms') options.milliseconds = Number(value)
    else options[name] = decoded(value)
  }
  const read = { fault, operation, ...options } as Fault
  const why = whyNever(read)
  if (why !== undefined) throw invalid(why)
  return read
}
