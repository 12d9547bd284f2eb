import type { FactId } from './catalogue'

/** A question on which sources disagree or are silent. */
export interface Question {
  readonly asks: string
  readonly known: string
  /** `settled`: what Amazon S3 was seen to do decides. `open`: somebody has to ask Amazon S3. */
  readonly state: 'settled' | 'open'
  /** How it was settled, or what the suite does as long as it is open. */
  readonly handling: string
  readonly facts: readonly FactId[]
}

export const questions = {
  O1: {
    asks: 'How far in the future must If-Modified-Since be to be ignored?',
    known:
      'LocalStack recorded that a day ahead is ignored, Scality that an hour is. Below that the sources contradict each other: S3Mock in 2025 saw 304 for a minute ahead, while opendal says with a screenshot that ten seconds ahead are ignored already, for which jclouds and ceph/s3-tests slept, too. No allowance for clocks that differ explains both.',
    state: 'open',
    handling: 'A day ahead (200) and not later than now (304) are asserted, the gap between them is not.',
    facts: ['R16', 'R18', 'R19', 'R20', 'R65', 'C08', 'C27'],
  },
  O2: {
    asks: 'What does a read answer whose If-None-Match holds and whose If-Modified-Since, not in the future, fails?',
    known: 'RFC 9110 and versitygw say 200, the code of LocalStack 304. There is no recording.',
    state: 'open',
    handling: '200 is expected, as claimed.',
    facts: ['R41', 'C34'],
  },
  O3: {
    asks: 'Is the upload gone after CompleteMultipartUpload was answered 409?',
    known:
      "Elasticsearch says that it is gone, so that AbortMultipartUpload answers 404 NoSuchUpload, and that it is kept after a 412. LocalStack's emulator keeps it after a 409, and its recordings never touch it after one. AbortMultipartUpload cannot tell: an upload that was aborted already is aborted once more with 204 (M27). ListParts or UploadPart would.",
    state: 'open',
    handling: 'Only that a new upload works is asserted.',
    facts: ['M05', 'M06', 'M21', 'M22', 'M27'],
  },
  O4: {
    asks: 'Does CopyObject with the header succeed under a bucket policy that demands it?',
    known:
      'The user guide says 501 in all languages, the announcement of 2025-10-28 that the keys enforce copies. Conditional copies are recorded as working, so that the user guide looks stale.',
    state: 'open',
    handling: 'Success is expected, as documented and not verified.',
    facts: ['A06', 'D17'],
  },
  O5: {
    asks: 'What does S3 make of a date that is no HTTP date?',
    known:
      'It ignores the condition: a maintainer of the SDK for Rust and three users of Amazon S3 saw it, with a fraction of a second, without GMT and in another format, on reads and on the source of a copy. Scality answers 400 InvalidArgument, which is its own. ISO 8601 and the two obsolete forms of an HTTP date are not among what they tried.',
    state: 'settled',
    handling: 'The condition is ignored, as probed; of ISO 8601 nothing is asserted.',
    facts: ['R58', 'R59', 'C35'],
  },
  O6: {
    asks: 'What does DeleteObject with If-Match: * answer on a delete marker?',
    known: 'The user guide says 412, two independent live probes saw 404 NoSuchKey.',
    state: 'settled',
    handling: '404, as probed.',
    facts: ['X07'],
  },
  O7: {
    asks: 'What does DeleteObjects answer to an ETag on a missing key?',
    known:
      'The user guide speaks of a Not Found error response and leaves open whether that is the answer to the entry or to the whole request; nobody shows it. The Code of an entry whose ETag differs is settled: PreconditionFailed in general purpose buckets, “412 Precondition Failed” in directory buckets.',
    state: 'open',
    handling:
      'The Code of an entry that differs is asserted, and of the answer to a missing key only that it is no success.',
    facts: ['X19', 'X21', 'X27', 'X29'],
  },
  O8: {
    asks: 'What does a write with If-Match answer on a missing key without s3:ListBucket?',
    known: 'No source.',
    state: 'open',
    handling: 'Not asserted.',
    facts: ['A13'],
  },
  O9: {
    asks: 'Is ceph/s3-tests right about writes and deletes on Amazon S3?',
    known:
      'It expects 412 or 200 for an entity tag in If-None-Match of PutObject and CompleteMultipartUpload, and 200 or 404 for If-Match: *, not marked fails_on_aws: Amazon S3 answers 501. Its tests of deletes (204 for a missing key, version id with If-Match, size and time) are marked fails_on_aws as for directory buckets only, which is stale in part, and the 204 is 404 in general purpose buckets.',
    state: 'settled',
    handling: 'It is no evidence for writes and deletes.',
    facts: ['P07', 'P12', 'M16', 'M17', 'X05', 'X11'],
  },
  O10: {
    asks: 'Does a source condition that fails on none-match answer 304 or 412?',
    known: 'The tests of versitygw for CopyObject and UploadPartCopy expect 304 NotModified; 412 is recorded on AWS.',
    state: 'settled',
    handling: '412, as recorded.',
    facts: ['C03', 'C23'],
  },
  O11: {
    asks: 'Does DeleteObject with If-Match answer 501 in general purpose buckets, as S3Mock verified in 2025?',
    known: 'It did until 2025-09-16. Now it answers 412, 204 or 404.',
    state: 'settled',
    handling: 'The recordings of 2026 count.',
    facts: ['X01', 'X03', 'X05'],
  },
  O12: {
    asks: "Why does LocalStack's emulator answer 501 to DeleteObject with If-Match when its own recordings say 412?",
    known:
      'The emulator lags behind at 8b9a79f0; its test class is skipped as “Behavior is not in line anymore with AWS”.',
    state: 'settled',
    handling: 'The recordings count, the emulator is no evidence for deletes.',
    facts: ['X01', 'X03', 'X05'],
  },
  O13: {
    asks: 'Does a multipart upload that a PutObject overtook answer 412 or 409?',
    known:
      'The user guide says 412 for both headers. Recorded is 412 only while the entity tag differs, and 409 when If-Match names the new current one.',
    state: 'settled',
    handling: 'As recorded.',
    facts: ['M10', 'M11', 'M12'],
  },
  O14: {
    asks: 'Does If-Match on a missing key answer 412, as RFC 9110 has it?',
    known: 'S3 answers 404 to PutObject, CopyObject on the destination, CompleteMultipartUpload and DeleteObject.',
    state: 'settled',
    handling: '404, as recorded.',
    facts: ['P14', 'D08', 'M13', 'M15', 'X05'],
  },
  O15: {
    asks: 'Is it 412 if the object does not exist, as the documents of Ozone, MiniStack, storj and s3s claim?',
    known: 'That is wrong for AWS.',
    state: 'settled',
    handling: 'Their claims are ignored.',
    facts: ['P14', 'D08', 'M13', 'M15', 'X05'],
  },
  O16: {
    asks: 'Is a list of entity tags honoured?',
    known: 'Reads honour it, says Scality, and writes do not, says versitygw: live claims about different operations.',
    state: 'settled',
    handling: 'Two facts, one for reads and one for writes.',
    facts: ['R11', 'R12', 'R13', 'C18', 'C19', 'P19'],
  },
  O17: {
    asks: 'What of weak entity tags, If-Range, a version id, a part number, a delete marker or the missing source of a copy with a precondition, and of further headers of a 304?',
    known: 'Nothing is recorded. That the ETag of a part is that of the whole object is claimed.',
    state: 'open',
    handling: 'Asserted only where somebody claims an answer.',
    facts: ['R14', 'R49', 'R50', 'R53', 'R55', 'R57', 'C33', 'P20', 'R67'],
  },
  O18: {
    asks: 'What does a read make of an empty If-Match or If-None-Match?',
    known:
      'The SDK sends an empty string as an empty header. LocalStack, MiniStack and versitygw answer 200, and no source speaks of Amazon S3.',
    state: 'open',
    handling: 'That the header goes out empty is asserted, the answer is not.',
    facts: ['S15'],
  },
  O19: {
    asks: 'What becomes of an If-Match or If-None-Match that is sent with a presigned PUT whose signature does not cover it?',
    known: 'Signature Version 4 wants only host and x-amz- headers signed. No source says what S3 makes of others.',
    state: 'open',
    handling: 'Not asserted.',
    facts: ['P41', 'P39', 'P40'],
  },
  O20: {
    asks: 'With which status does the condition of an annotation fail?',
    known: 'Neither the errors of the service model nor a page names it.',
    state: 'open',
    handling: 'Not asserted; 412 is expected.',
    facts: ['E20'],
  },
  O21: {
    asks: 'With which error are Size and LastModifiedTime of DeleteObjects refused in a general purpose bucket?',
    known: 'That nothing is deleted was probed, the error was not quoted.',
    state: 'open',
    handling: 'Only that nothing is deleted is asserted.',
    facts: ['X22'],
  },
  O22: {
    asks: 'What does CompleteMultipartUpload with If-None-Match: * answer when an object was stored and deleted since the upload was created?',
    known: "The user guide has 409 for a delete meanwhile, LocalStack's emulator answers 200. Nobody recorded it.",
    state: 'open',
    handling: 'Not asserted; 409 is expected.',
    facts: ['M25', 'M05', 'M28'],
  },
  O23: {
    asks: 'Does DeleteObject with If-Match and a version id answer 404 or 501 when there is no such key?',
    known: 'The 501 was probed with versions that there are. Other writes check their values first.',
    state: 'open',
    handling: 'Not asserted; 501 is expected.',
    facts: ['X11', 'S27'],
  },
  O24: {
    asks: 'Do conditional writes hold in a bucket whose versioning is suspended?',
    known:
      'The user guide names version-suspended buckets beside unversioned ones. The recordings are of buckets whose versioning is enabled or was never so.',
    state: 'open',
    handling: 'Not asserted; the same is expected as with versioning enabled.',
    facts: ['P43'],
  },
  O25: {
    asks: 'Does x-amz-copy-source-if-none-match: * answer 412 whenever there is a source?',
    known: 'No source. Reads answer 304 to a star, and the star is taken in x-amz-copy-source-if-match.',
    state: 'open',
    handling: 'Not asserted; 412 is expected.',
    facts: ['C37', 'C18', 'R09', 'R10'],
  },
  O26: {
    asks: 'What does a condition on CreateMultipartUpload or UploadPart do?',
    known:
      'The service model gives neither of them a condition. minio-go 7.4.1 sends If-None-Match: * with CreateMultipartUpload alone, and none with the completion, so that an object that exists is overwritten unless S3 evaluates it there.',
    state: 'open',
    handling: 'Not asserted; the condition is expected to have no effect.',
    facts: ['M30'],
  },
  O27: {
    asks: 'Is the object of a CompleteMultipartUpload without a condition there at the end when a request with If-Match on its key runs at the same time?',
    known:
      'The user guide says that a request which comes after CreateMultipartUpload can take precedence, so that the completion succeeds and its object is never seen. Nobody shows whether that holds for a conditional write or delete whose ETag the completion has made stale.',
    state: 'open',
    handling:
      'The races of CompleteMultipartUpload without a condition with PutObject, CopyObject, CompleteMultipartUpload, DeleteObject and DeleteObjects with If-Match are not asserted; its object is expected.',
    facts: ['M31', 'P45', 'X33'],
  },
} as const satisfies Record<string, Question>

export type QuestionId = keyof typeof questions

/** An open question by its id, such as the rules of the reference store name it. */
export function questionOf(id: string): Question {
  const found = (questions as Readonly<Record<string, Question>>)[id]
  if (!found) throw new Error(`There is no open question ${id} in support/evidence/open-questions.ts.`)
  return found
}
