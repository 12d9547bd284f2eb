import type { FactId } from '../../evidence/catalogue'
import type { Catalogue } from '../catalogue'
import { factLinks, specLink, specsByFact } from './facts'
import { page, table } from './markdown'

/** A response, what it means, and what a program should do next. */
interface Advice {
  readonly answer: string
  /** For a write, states whether it succeeded and who wrote the current object. For a read, explains the response. */
  readonly means: string
  readonly next: string
  readonly facts: readonly FactId[]
}

/** The responses to conditional writes, multipart completions and deletes. */
const WRITES: readonly Advice[] = [
  {
    answer: '200, 204',
    means: 'Your write, multipart completion or delete succeeded.',
    next: 'Keep the `ETag` from the response for the next `If-Match`. For DeleteObjects, check `Errors` (see below).',
    facts: ['P01', 'P09', 'D06', 'M01', 'M07', 'X01'],
  },
  {
    answer:
      '412 PreconditionFailed after one attempt (`$metadata.attempts` is 1, or undefined if the request body is a stream)',
    means:
      'Nothing was written or deleted. Another client wrote the current object. `Condition` names the condition that failed.',
    next: 'Read the object and decide whether you still want to write or delete it. If so, send `If-Match` with the ETag that you have just read. If you sent `If-None-Match: *`, another client has already created the object.',
    facts: ['P02', 'P13', 'P22', 'P35', 'D02', 'D07', 'M02', 'M08', 'X03'],
  },
  {
    answer: '412, 404 or 409 after a retry (`$metadata.attempts` is more than 1)',
    means:
      'Your own write may have succeeded. If the first attempt succeeded but its response was lost, the retry can fail.',
    next: 'Read the object and look in its body or metadata for the unique token that you sent with the write. A matching ETag proves nothing, because another client can write the same bytes.',
    facts: ['S12', 'S33', 'S22'],
  },
  {
    answer: '409 ConditionalRequestConflict from PutObject or CopyObject',
    means:
      'Nothing was written, and the state of the key is unknown. A 409 means neither that the key exists nor that another client won.',
    next: 'If you sent `If-None-Match: *`, send the same request again. If you sent `If-Match`, fetch the current ETag first. The SDK does not retry a 409.',
    facts: ['P23', 'P25', 'P36', 'D13', 'S08', 'S25'],
  },
  {
    answer: '409 ConditionalRequestConflict from CompleteMultipartUpload',
    means: 'The upload was not completed, because the key has been written or deleted since the upload was created.',
    next: 'Start over with CreateMultipartUpload and upload all parts again. If you use `If-Match`, fetch the current ETag first. Abort the old upload, because you are charged for its parts.',
    facts: ['M05', 'M11', 'M12', 'M14', 'M22', 'M26', 'M28'],
  },
  {
    answer: '409 from DeleteObject',
    means: 'Nothing was deleted, because another write or delete of the key succeeded before your delete finished.',
    next: 'Check whether the object still exists, and decide whether it should still be deleted.',
    facts: ['X16'],
  },
  {
    answer: '404 NoSuchKey',
    means:
      'Nothing was written. `If-Match` requires an existing object, but the key does not exist, or its current version is a delete marker.',
    next: 'The object no longer exists. Recreate it with `If-None-Match: *` if it should exist. Do not retry blindly.',
    facts: ['P14', 'P15', 'P24', 'D08', 'D09', 'M13', 'X05', 'X06', 'X08', 'S26'],
  },
  {
    answer: '404 NoSuchUpload from CompleteMultipartUpload after a retry',
    means: 'An earlier attempt, whose response was lost, may have completed the upload.',
    next: 'Read the key. On Amazon S3, repeating CompleteMultipartUpload for a completed upload returns 200.',
    facts: ['S11', 'S12', 'M19', 'M21'],
  },
  {
    answer: '200 with an Error in its body (CopyObject, UploadPartCopy, CompleteMultipartUpload)',
    means:
      'Nothing was written. After three attempts, the SDK throws an error whose name is the error code in the body and whose status is 503.',
    next: 'Check the name of the error, not its status.',
    facts: ['M23', 'S10'],
  },
  {
    answer: '200 from DeleteObjects',
    means:
      'Each entry succeeds or fails on its own. `Errors` lists the entries that failed; the SDK does not throw an error for them.',
    next: 'Check `Errors`. Do not pass the entries of a listing to DeleteObjects unchanged, because S3 treats their `ETag` and `Size` as conditions.',
    facts: ['X18', 'X19', 'X29', 'S20', 'S21'],
  },
  {
    answer: '501 NotImplemented',
    means:
      'Nothing was written, and a retry cannot succeed: S3 does not support this value or combination. `Header` in the error names the header at fault.',
    next: 'Correct the request. On a write, `If-None-Match` accepts only `*`, `If-Match` accepts only an ETag, and the two cannot be combined.',
    facts: ['P07', 'P12', 'P18', 'D05', 'D10', 'D11', 'M16', 'M17', 'X11', 'X12'],
  },
  {
    answer: '403 AccessDenied or SignatureDoesNotMatch',
    means:
      'Nothing was written. A policy requires a condition, `If-Match` requires s3:GetObject, or the headers sent with a presigned URL differ from the signed ones.',
    next: 'Send the header that the policy or the signature requires, or obtain the permission.',
    facts: ['A05', 'A11', 'P39', 'P40', 'P30'],
  },
  {
    answer: '400 InvalidRequest for a presigned URL',
    means: 'Nothing was written, because Signature Version 2 does not support conditional writes.',
    next: 'Presign with Signature Version 4 (in boto, `signature_version="s3v4"`).',
    facts: ['P31', 'S18'],
  },
  {
    answer: '500, 502, 503, 504, a timeout or a broken connection',
    means:
      'Unknown: the write may have succeeded. The SDK retries automatically and makes three attempts in all, unless the request body is a stream.',
    next: 'Read the object and look in its body or metadata for the unique token that you sent with the write.',
    facts: ['S12', 'S39'],
  },
]

/** The responses to conditional reads and copies. */
const READS: readonly Advice[] = [
  {
    answer: '304 Not Modified',
    means:
      'Your copy is current. The SDK throws an error for a 304. Identify the error by its status, not by its name.',
    next: 'Catch the error and continue with your copy. The response headers are in `$response.headers` of the error.',
    facts: ['R06', 'R15', 'S01', 'S03', 'S04', 'R56'],
  },
  {
    answer: '412 from a read',
    means: 'The object does not meet the condition.',
    next: 'When you resume a download (`If-Match` with `Range`), discard what you have downloaded and start over.',
    facts: ['R03', 'R22', 'R45'],
  },
  {
    answer: '412 from CopyObject',
    means:
      'Nothing was copied. `Condition` names the header whose condition failed; a header for the source begins with x-amz-copy-source-. S3 never returns 304 for a copy.',
    next: 'Read the object whose condition failed (the source or the destination), and decide whether to copy again.',
    facts: ['C02', 'C03', 'C06', 'C10', 'D02', 'D07'],
  },
  {
    answer: '412 from UploadPartCopy',
    means: 'The part was not copied, because the source changed during the multipart upload.',
    next: 'If all parts must come from the same object, abort the upload and start over with the current source.',
    facts: ['C21', 'C23', 'C25', 'C31', 'C32'],
  },
  {
    answer: '404 or 403',
    means: 'The object does not exist. The status is 403 if the caller lacks s3:ListBucket.',
    next: 'Conditions make no difference: a read of a missing key never fails with 412.',
    facts: ['R51', 'R52', 'R53'],
  },
]

/** Generates the page about what each response means and what to do next. */
export function responsesPage(all: Catalogue): string {
  const specs = specsByFact(all)
  const tableOf = (some: readonly Advice[]) => {
    const rows = some.map(({ answer, means, next, facts }) => {
      const links = [...new Set(facts.flatMap((id) => specs.get(id)?.slice(0, 1) ?? []))].slice(0, 3)
      return [answer, means, next, factLinks(facts), links.map(specLink).join('<br>')]
    })
    return table(['response', 'what it means', 'what to do', 'facts', 'specs'], rows)
  }
  return page(
    '# What to do with a response',
    'This page explains, for each response to a conditional request, whether the request succeeded, who wrote the current object, and what to do next. Locks, leases, compare-and-swap, create-once, retries, races and idempotence all depend on handling these responses correctly. [specs/pattern](../specs/pattern) contains the recipes. Every row cites the facts that it is based on. Made by `npm run docs`.',
    '## Writes, multipart completions and deletes',
    tableOf(WRITES),
    '## Reads and copies',
    tableOf(READS),
  )
}
