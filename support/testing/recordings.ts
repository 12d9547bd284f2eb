import type { ErrorResponse } from 's3-reference-store/rules'
import type { Operation, Situation } from '../evidence/fact'
import recorded from './recordings.json'

/** A request to Amazon S3 and the recorded response. In `when`, symbols such as `current` stand for ETags and dates. */
interface Recording {
  /** The names of the LocalStack test and of the response in its snapshot. */
  readonly name: string
  readonly operation: Operation
  readonly when: Omit<Situation, 'operations'>
  /**
   * The status if the request succeeded, otherwise the error. The error's `key` is a placeholder that shows only that
   * the response contained a Key element.
   */
  readonly response: number | ErrorResponse
}

/**
 * The responses that LocalStack's tests recorded on Amazon S3 on 2026-02-21 and, for CopyObject with conditions on its
 * source, on 2026-02-23. Dates, checksums and ids are omitted.
 */
export const recordings = recorded as readonly Recording[]
