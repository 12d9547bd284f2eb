import type { ErrorResponse } from 's3-reference-store/rules'
import type { Operation, Situation } from '../evidence/fact'
import recorded from './recordings.json'

/** A recorded response from Amazon S3, with the request in symbolic form. */
interface Recording {
  /** The LocalStack test and the name of the recorded response. */
  readonly name: string
  readonly operation: Operation
  readonly when: Omit<Situation, 'operations'>
  /** The status of a success, or an error, in which the value of `key` means only that the error has a Key. */
  readonly response: number | ErrorResponse
}

/**
 * The responses that LocalStack's tests recorded on Amazon S3 on 2026-02-21 and, for CopyObject with conditions on its
 * source, on 2026-02-23. Dates, checksums and ids are omitted.
 */
export const recordings = recorded as readonly Recording[]
