import type { FactId } from '../../evidence/catalogue'
import type { Catalogue } from '../catalogue'
import { specLink, specsByFact } from './facts'
import { page, table } from './markdown'

/** A response, and what a program should do with it. */
interface Advice {
  readonly answer: string
  /** For a write: whether it was written, and which client wrote the current object. For a read: its meaning. */
  readonly means: string
  readonly next: string
  readonly facts: readonly FactId[]
}

/** What to do with the response to a conditional write, completion or delete. */
export const WRITES: readonly Advice[] = [
  {
    answer: '200, 204',
    means: 'Written, completed or deleted, by you.',
    next: 'Keep the `ETag` of the answer: it is what the next `If-Match` names. Of DeleteObjects look at `Errors`, see below.',
    facts: ['P01', 'P09', 'D06', 'M01', 'M07', 'X01'],
  },
  {
    answer: '412 PreconditionFailed, first attempt (`$metadata.attempts` is 1)',
    means:
      'Nothing was written. The key holds what somebody else wrote: `Condition` names the header that did not hold.',
    next: 'Read the key, decide again, and write with the entity tag that you have read. With `If-None-Match: *`: somebody was first.',
    facts: ['P02', 'P13', 'P22', 'P35', 'D02', 'D07', 'M02', 'M08', 'X03'],
  },
  {
    answer: '412, 404 or 409 after a retry (`$metadata.attempts` is more than 1, or undefined for a stream)',
    means: 'It may be your own write: the first attempt landed and its answer was lost, a retry against itself.',
    next: 'Read the key and look for a token of your own in its body or metadata. Equal entity tags are no proof: others can write the same bytes.',
    facts: ['S12', 'S33', 'S22'],
  },
  {
    answer: '409 ConditionalRequestConflict to PutObject, CopyObject',
    means:
      'Nothing of yours was written, and nothing is said about what the key holds. It is not “exists already”, and not “you lost”.',
    next: 'With `If-None-Match: *` send the same request again; with `If-Match` fetch the entity tag first. The SDK does not retry it.',
    facts: ['P23', 'P25', 'P36', 'D13', 'S08', 'S25'],
  },
  {
    answer: '409 ConditionalRequestConflict to CompleteMultipartUpload',
    means: 'Not completed: the key was written or deleted since the upload was created.',
    next: 'Start over with CreateMultipartUpload and all parts, with `If-Match` after fetching the entity tag. Abort the old upload: its parts are charged.',
    facts: ['M05', 'M11', 'M12', 'M14', 'M22', 'M26', 'M28'],
  },
  {
    answer: '409 to DeleteObject',
    means: 'Not deleted by you: a write or delete of the key landed before yours had finished.',
    next: 'Read the key and decide again.',
    facts: ['X16'],
  },
  {
    answer: '404 NoSuchKey',
    means: 'Nothing was written: `If-Match` found no object, or a delete marker over it.',
    next: 'The object has vanished. Recreate it with `If-None-Match: *` if it should exist. Do not retry blindly.',
    facts: ['P14', 'P15', 'P24', 'D08', 'D09', 'M13', 'X05', 'X06', 'X08', 'S26'],
  },
  {
    answer: '404 NoSuchUpload to CompleteMultipartUpload, after a retry',
    means: 'It may be completed: by the attempt whose answer was lost.',
    next: 'Read the key. Completing a completed upload again answers 200 on Amazon S3.',
    facts: ['S11', 'S12', 'M19', 'M21'],
  },
  {
    answer: '200 with an Error in its body (CopyObject, UploadPartCopy, CompleteMultipartUpload)',
    means: 'Not written. The SDK throws it with the Code as name, status 503, after three attempts.',
    next: 'Go by the name of the error, not by its status.',
    facts: ['M23', 'S10'],
  },
  {
    answer: '200 to DeleteObjects',
    means: 'Each entry has its own outcome: what failed stands in `Errors`, and the SDK throws nothing.',
    next: 'Look at `Errors`. Do not send the entries of a listing back as they are: their `ETag` and `Size` are conditions.',
    facts: ['X18', 'X19', 'X29', 'S20', 'S21'],
  },
  {
    answer: '501 NotImplemented',
    means:
      'Nothing was written, and nothing ever will be: S3 does not take this value or combination. `Header` names it.',
    next: 'Mend the request: `If-None-Match` takes `*` only, `If-Match` of a write takes an entity tag only, not both at once.',
    facts: ['P07', 'P12', 'P18', 'D05', 'D10', 'D11', 'M16', 'M17', 'X11', 'X12'],
  },
  {
    answer: '403 AccessDenied, SignatureDoesNotMatch',
    means:
      'Nothing was written. A policy demands a condition, `If-Match` lacks s3:GetObject, or a presigned URL was sent with other headers than were signed.',
    next: 'Send the header that policy or signature asks for.',
    facts: ['A05', 'A11', 'P39', 'P40', 'P30'],
  },
  {
    answer: '400 InvalidRequest on a presigned URL',
    means: 'Nothing was written: a conditional write that is signed with Signature Version 2.',
    next: 'Presign with Signature Version 4 (`signature_version="s3v4"` of boto).',
    facts: ['P31', 'S18'],
  },
  {
    answer: '500, 502, 503, 504, a time-out, a broken connection',
    means: 'Not known: it may be written. The SDK sends it again by itself, three attempts in all.',
    next: 'Read the key and compare, as after a retry.',
    facts: ['S12', 'S39'],
  },
]

/** What to do with the response to a conditional read or copy. */
export const READS: readonly Advice[] = [
  {
    answer: '304 Not Modified',
    means: 'What you have is current. The SDK throws it; its status tells it, not its name.',
    next: 'Catch it, and go on with what you have. Its headers are in `$response.headers` of the error.',
    facts: ['R06', 'R15', 'S01', 'S03', 'S04', 'R56'],
  },
  {
    answer: '412 to a read',
    means: 'The object is another than the one that you named.',
    next: 'In a resumed download (`If-Match` beside `Range`) throw away what you have, and start over.',
    facts: ['R03', 'R22', 'R45'],
  },
  {
    answer: '412 to CopyObject',
    means:
      'Not copied. `Condition` names the header of the source, with x-amz-copy-source- before it, or that of the destination. S3 never answers 304 to a copy.',
    next: 'Read the one that it names, and decide again.',
    facts: ['C02', 'C03', 'C06', 'C10', 'D02', 'D07'],
  },
  {
    answer: '412 to UploadPartCopy',
    means: 'That part was not copied: the source has changed while an upload in parts was under way.',
    next: 'Abort the upload and begin with the source that there is now, if all parts shall be of one object.',
    facts: ['C21', 'C23', 'C25', 'C31', 'C32'],
  },
  {
    answer: '404, 403',
    means: 'There is no object; 403 to a caller who may not list the bucket.',
    next: 'No condition changes that: a missing key is never 412.',
    facts: ['R51', 'R52', 'R53'],
  },
]

/** The page about what each response means and what to do next. */
export function responsesPage(all: Catalogue): string {
  const specs = specsByFact(all)
  const rows = (some: readonly Advice[]) =>
    some.map(({ answer, means, next, facts }) => {
      const links = [...new Set(facts.flatMap((id) => specs.get(id)?.slice(0, 1) ?? []))].slice(0, 3)
      const known = facts.map((id) => `[${id}](what-amazon-s3-does.md#${id})`).join(', ')
      return [answer, means, next, known, links.map(specLink).join('<br>')]
    })
  return page(
    '# What to do with an answer',
    'For each answer to a conditional request: was it written, whose is what is there, what to do next. Lock, lease, compare-and-swap, create once, retry, race, idempotent: it all comes down to these rows; [specs/pattern](../specs/pattern) has the recipes. Made by `npm run docs`; every row rests on facts.',
    '## Writes, completions and deletes',
    table(['answer', 'what it means', 'what to do', 'facts', 'specs'], rows(WRITES)),
    '## Reads and copies',
    table(['answer', 'what it means', 'what to do', 'facts', 'specs'], rows(READS)),
  )
}
