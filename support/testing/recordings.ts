import type { ErrorResponse } from 's3-reference-store/rules'
import type { Operation, Situation } from '../evidence/fact'
import recorded from './recordings.json'

/** A response of Amazon S3, and its request in symbols. */
export interface Recording {
  /** The test of LocalStack, and the name of the recorded response. */
  readonly name: string
  readonly operation: Operation
  readonly when: Omit<Situation, 'operations'>
  /** The status of a success, or an error. The value of its `key` means only that it has a Key. */
  readonly response: number | ErrorResponse
}

/**
 * What LocalStack's tests recorded on Amazon S3 on 2026-02-21 and, for CopyObject with conditions on its source, on
 * 2026-02-23. Dates, checksums and ids are omitted.
 */
export const recordings = recorded as readonly Recording[]
