import type { ErrorResponse } from 's3-reference-store/rules'
import type { Operation, Situation } from '../evidence/fact'
import recorded from './recordings.json'

/** An answer of Amazon S3 itself, and the request that it was the answer to, in symbols. */
export interface Recording {
  /** The test of LocalStack, and the name under which it kept the answer. */
  readonly name: string
  readonly operation: Operation
  readonly when: Omit<Situation, 'operations'>
  /** A status that accepts, or a refusal; its `key` says only that there was a Key, and a HEAD has a bare status. */
  readonly answer: number | ErrorResponse
}

/**
 * What LocalStack's tests recorded on Amazon S3 on 2026-02-21 and, for CopyObject with conditions on its source, on
 * 2026-02-23: of the answers what is about conditions, without dates, checksums and ids.
 */
export const recordings = recorded as readonly Recording[]
