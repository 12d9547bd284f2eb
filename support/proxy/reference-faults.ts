import { SetupError } from '../errors'

/** What can be asked for, since nobody can bring it about on Amazon S3. */
export const FAULTS = ['conflict', 'lost-answer', 'unavailable', 'latency'] as const

/** A fault that waits for its requests. */
export interface Fault {
  readonly fault: (typeof FAULTS)[number]
  /** By its name in the SDK, or `*`. */
  readonly operation: string
  /** Only for this key. */
  readonly key?: string
  /** For how many requests more; for good where it is absent. */
  readonly count?: number
  /** Of latency. */
  readonly milliseconds?: number
}

export interface Faults {
  add(fault: Fault): void
  clear(): void
  list(): readonly Fault[]
  /** The faults that a request meets, each of which has one request fewer to come. */
  meet(operation: string, keys: readonly string[]): readonly Fault[]
}

export function newFaults(initial: readonly Fault[] = []): Faults {
  let waiting = [...initial]
  return {
    add: (fault) => void waiting.push(fault),
    clear: () => {
      waiting = []
    },
    list: () => waiting,
    meet(operation, keys) {
      if (waiting.length === 0) return []
      const met = FAULTS.flatMap((name) => {
        const isMeant = (one: Fault) =>
          one.fault === name &&
          (one.operation === '*' || one.operation === operation) &&
          (one.key === undefined || keys.includes(one.key))
        return waiting.find(isMeant) ?? []
      })
      waiting = waiting.flatMap((one) => {
        if (one.count === undefined || !met.includes(one)) return [one]
        return one.count > 1 ? [{ ...one, count: one.count - 1 }] : []
      })
      return met
    },
  }
}

const EXAMPLES = 'conflict:PutObject:1, lost-answer:PutObject:key=a/b:1, unavailable:GetObject:2 or latency:*:200ms'

/**
 * Reads a fault: its name, the operation, and a key, a count and a time in any order.
 * @param text `lost-answer:PutObject:key=a/b:1`
 * @throws SetupError that says what is wrong with it, and what right ones look like
 */
export function readFault(text: string): Fault {
  const complain = (what: string): never => {
    throw new SetupError(`“${text}” is no fault: ${what}. Write it like ${EXAMPLES}.`)
  }
  const [name = '', operation = '', ...rest] = text.split(':')
  const fault = FAULTS.find((one) => one === name) ?? complain(`it must begin with one of ${FAULTS.join(', ')}`)
  if (!/^(\*|[A-Z]\w+)$/.test(operation)) complain('an operation by its name in the SDK, or *, must come second')
  let key: string | undefined
  let count: number | undefined
  let milliseconds: number | undefined
  for (const part of rest) {
    if (/^\d+ms$/.test(part)) milliseconds = Number.parseInt(part, 10)
    else if (/^[1-9]\d*$/.test(part)) count = Number(part)
    else if (part.startsWith('key=')) key = part.slice(4)
    // A key can have colons.
    else if (key !== undefined) key += `:${part}`
    else complain(`“${part}” is neither key=…, nor a count such as 1, nor a time such as 200ms`)
  }
  if (fault === 'latency' && milliseconds === undefined) complain('latency needs a time such as 200ms')
  if (fault !== 'latency' && milliseconds !== undefined) complain('only latency has a time')
  if (key === '') complain('the key is empty')
  return {
    ...{ fault, operation },
    ...(key !== undefined && { key }),
    ...(count !== undefined && { count }),
    ...(milliseconds !== undefined && { milliseconds }),
  }
}
