import type { FactId } from './catalogue'

/** A question on which sources contradict each other or are silent. */
export interface Question {
  readonly asks: string
  readonly known: string
  /** `settled`: an observation of Amazon S3 decides. `open`: it must still be tried on Amazon S3. */
  readonly state: 'settled' | 'open'
  /** The resolution, or how the suite handles the question while it is open. */
  readonly handling: string
  readonly facts: readonly FactId[]
}

export const questions = {
  O1: {
    asks: 'How far in the future must If-Modified-Since be for S3 to ignore it?',
    known:
      'LocalStack recorded that a day in the future is ignored, and Scality that an hour is. For shorter times the sources contradict each other: in 2025, S3Mock observed 304 for a date a minute in the future, whereas opendal reports, with a screenshot, that even ten seconds are ignored. For the same reason, jclouds and ceph/s3-tests wait. No allowance for clock skew explains both.',
    state: 'open',
    handling: 'Specs assert a day in the future (200) and dates up to the current time (304), and nothing in between.',
    facts: ['R16', 'R18', 'R19', 'R20', 'R65', 'C08', 'C27'],
  },
  O2: {
    asks: 'Which response does a read return when If-None-Match holds and If-Modified-Since, not in the future, fails?',
    known: 'RFC 9110 and versitygw specify 200, whereas the LocalStack code returns 304. There is no recording.',
    state: 'open',
    handling: '200 is expected, as claimed.',
    facts: ['R41', 'C34'],
  },
  O3: {
    asks: 'Does the upload still exist after CompleteMultipartUpload has failed with 409?',
    known:
      "Elasticsearch reports that the upload no longer exists, so that AbortMultipartUpload fails with 404 NoSuchUpload, and that the upload is kept after a 412. LocalStack's emulator keeps it after a 409, and its recordings never use it again after one. AbortMultipartUpload cannot show whether it exists: aborting an already aborted upload returns 204 again (M27). ListParts or UploadPart could.",
    state: 'open',
    handling: 'Specs assert only that a new upload works.',
    facts: ['M05', 'M06', 'M21', 'M22', 'M27'],
  },
  O4: {
    asks: 'Does CopyObject with a conditional header succeed under a bucket policy that requires the header?',
    known:
      'The user guide specifies 501 in all languages, whereas the announcement of 2025-10-28 states that the condition keys enforce copies. Conditional copies are recorded as working, so the user guide seems out of date.',
    state: 'open',
    handling: 'Success is expected, as documented but not verified.',
    facts: ['A06', 'D17'],
  },
  O5: {
    asks: 'How does S3 handle a date that is not a valid HTTP date?',
    known:
      'It ignores the condition: a maintainer of the SDK for Rust and three users of Amazon S3 observed this for reads and for the source of a copy, with fractional seconds, without GMT and in another format. Scality returns 400 InvalidArgument, which is specific to it. Nobody tried ISO 8601 or the two obsolete forms of an HTTP date.',
    state: 'settled',
    handling: 'Specs assert that the condition is ignored, as probed, and assert nothing about ISO 8601.',
    facts: ['R58', 'R59', 'C35'],
  },
  O6: {
    asks: 'Which response does DeleteObject with If-Match: * return when the current version is a delete marker?',
    known: 'The user guide specifies 412. Two independent live probes observed 404 NoSuchKey.',
    state: 'settled',
    handling: '404, as probed.',
    facts: ['X07'],
  },
  O7: {
    asks: 'Which response does DeleteObjects return for an ETag when the key does not exist?',
    known:
      'The user guide describes a Not Found error response and does not state whether that is the result of the entry or the response to the whole request. No source shows it. The Code of an entry with a different ETag is settled: PreconditionFailed in general purpose buckets, “412 Precondition Failed” in directory buckets.',
    state: 'open',
    handling:
      'Specs assert the Code of an entry with a different ETag. For a key that does not exist they assert only that the delete does not succeed.',
    facts: ['X19', 'X21', 'X27', 'X29'],
  },
  O8: {
    asks: 'Which response does a write with If-Match return when the key does not exist and the caller lacks s3:ListBucket?',
    known: 'There is no source.',
    state: 'open',
    handling: 'Not asserted.',
    facts: ['A13'],
  },
  O9: {
    asks: 'Is ceph/s3-tests right about writes and deletes on Amazon S3?',
    known:
      'For an ETag in If-None-Match of PutObject and CompleteMultipartUpload it expects 412 or 200, and for If-Match: * it expects 200 or 404. These tests are not marked fails_on_aws, but Amazon S3 returns 501. Its tests of deletes (204 for a missing key, a version id with If-Match, conditions on size and time) are marked fails_on_aws as valid for directory buckets only. That is partly out of date, and general purpose buckets return 404 instead of the 204.',
    state: 'settled',
    handling: 'ceph/s3-tests is not evidence for writes and deletes.',
    facts: ['P07', 'P12', 'M16', 'M17', 'X05', 'X11'],
  },
  O10: {
    asks: 'Does a request fail with 304 or 412 when its x-amz-copy-source-if-none-match fails?',
    known: 'The versitygw tests of CopyObject and UploadPartCopy expect 304 NotModified. AWS recordings show 412.',
    state: 'settled',
    handling: '412, as recorded.',
    facts: ['C03', 'C23'],
  },
  O11: {
    asks: 'Does DeleteObject with If-Match fail with 501 in general purpose buckets, as S3Mock verified in 2025?',
    known: 'It did until 2025-09-16. It now returns 204 or fails with 412 or 404.',
    state: 'settled',
    handling: 'The recordings of 2026 take precedence.',
    facts: ['X01', 'X03', 'X05'],
  },
  O12: {
    asks: "Why does LocalStack's emulator return 501 for DeleteObject with If-Match when its own recordings show 412?",
    known:
      'The emulator is out of date at 8b9a79f0. Its test class is skipped with the reason “Behavior is not in line anymore with AWS”.',
    state: 'settled',
    handling: 'The recordings take precedence. The emulator is not evidence for deletes.',
    facts: ['X01', 'X03', 'X05'],
  },
  O13: {
    asks: 'Does CompleteMultipartUpload fail with 412 or 409 when a PutObject has overtaken the upload?',
    known:
      'The user guide specifies 412 for both headers. The recordings show 412 only if the ETag differs, and 409 if If-Match is set to the new current ETag.',
    state: 'settled',
    handling: 'As recorded.',
    facts: ['M10', 'M11', 'M12'],
  },
  O14: {
    asks: 'Does If-Match fail with 412, as RFC 9110 specifies, when the key does not exist?',
    known: 'S3 returns 404 for PutObject, CopyObject on the destination, CompleteMultipartUpload and DeleteObject.',
    state: 'settled',
    handling: '404, as recorded.',
    facts: ['P14', 'D08', 'M13', 'M15', 'X05'],
  },
  O15: {
    asks: 'Is the status 412 when the object does not exist, as the documents of Ozone, MiniStack, storj and s3s claim?',
    known: 'That is wrong for Amazon S3.',
    state: 'settled',
    handling: 'The suite ignores these claims.',
    facts: ['P14', 'D08', 'M13', 'M15', 'X05'],
  },
  O16: {
    asks: 'Does S3 accept a list of ETags?',
    known:
      'Scality reports that reads accept a list, and versitygw that writes do not. Both are live claims, about different operations.',
    state: 'settled',
    handling: 'There are separate facts for reads and for writes.',
    facts: ['R11', 'R12', 'R13', 'C18', 'C19', 'P19'],
  },
  O17: {
    asks: 'How does S3 handle a precondition with a weak ETag, If-Range, a version id, a part number, a delete marker or a missing source of a copy, and which further headers does a 304 response have?',
    known: 'There is no recording. It is claimed that a response for a part has the ETag of the whole object.',
    state: 'open',
    handling: 'Asserted only if a source claims a response.',
    facts: ['R14', 'R49', 'R50', 'R53', 'R55', 'R57', 'C33', 'P20', 'R67'],
  },
  O18: {
    asks: 'How does a read handle an empty If-Match or If-None-Match?',
    known:
      'The SDK sends an empty string as an empty header. LocalStack, MiniStack and versitygw return 200. No source covers Amazon S3.',
    state: 'open',
    handling: 'Specs assert that the SDK sends the empty header, and do not assert the response.',
    facts: ['S15'],
  },
  O19: {
    asks: 'How does S3 handle an If-Match or If-None-Match that is sent with a presigned PUT but not covered by its signature?',
    known:
      'Signature Version 4 requires only host and x-amz- headers to be signed. No source describes how S3 handles other headers.',
    state: 'open',
    handling: 'Not asserted.',
    facts: ['P41', 'P39', 'P40'],
  },
  O20: {
    asks: 'With which status does a request fail when the condition on an annotation fails?',
    known: 'Neither the errors of the service model nor any page names the status.',
    state: 'open',
    handling: 'Not asserted; 412 is expected.',
    facts: ['E20'],
  },
  O21: {
    asks: 'With which error does DeleteObjects with Size or LastModifiedTime fail in a general purpose bucket?',
    known: 'A probe showed that nothing is deleted. It does not quote the error.',
    state: 'open',
    handling: 'Specs assert only that nothing is deleted.',
    facts: ['X22'],
  },
  O22: {
    asks: 'Which response does CompleteMultipartUpload with If-None-Match: * return when an object was stored and deleted after the upload was created?',
    known:
      "The user guide documents 409 for a delete during the upload. LocalStack's emulator returns 200. There is no recording.",
    state: 'open',
    handling: 'Not asserted; 409 is expected.',
    facts: ['M25', 'M05', 'M28'],
  },
  O23: {
    asks: 'Does DeleteObject with If-Match and a version id fail with 404 or 501 when the key does not exist?',
    known: 'The 501 was probed with existing versions. Other writes check their values first.',
    state: 'open',
    handling: 'Not asserted; 501 is expected.',
    facts: ['X11', 'S27'],
  },
  O24: {
    asks: 'Do conditional writes work in a bucket with versioning suspended?',
    known:
      'The user guide lists version-suspended buckets together with unversioned ones. The recordings cover only buckets with versioning enabled or never enabled.',
    state: 'open',
    handling: 'Not asserted; the same is expected as with versioning enabled.',
    facts: ['P43'],
  },
  O25: {
    asks: 'Does x-amz-copy-source-if-none-match: * fail with 412 whenever the source exists?',
    known: 'There is no source. Reads return 304 for *, and x-amz-copy-source-if-match accepts *.',
    state: 'open',
    handling: 'Not asserted; 412 is expected.',
    facts: ['C37', 'C18', 'R09', 'R10'],
  },
  O26: {
    asks: 'What is the effect of a condition on CreateMultipartUpload or UploadPart?',
    known:
      'The service model defines no condition for either. minio-go 7.4.1 sends If-None-Match: * only with CreateMultipartUpload, and not with CompleteMultipartUpload, so an existing object is overwritten unless S3 evaluates the condition on CreateMultipartUpload.',
    state: 'open',
    handling: 'Not asserted; the condition is expected to have no effect.',
    facts: ['M30'],
  },
  O27: {
    asks: 'When CompleteMultipartUpload without a condition and a request with If-Match on the same key run concurrently, does the object of the upload exist at the end?',
    known:
      'The user guide states that a request after CreateMultipartUpload can take precedence, so that CompleteMultipartUpload succeeds and its object is never visible. No source shows whether that applies to a conditional write or delete whose ETag the CompleteMultipartUpload has made stale.',
    state: 'open',
    handling:
      'Specs do not assert the races of CompleteMultipartUpload without a condition against PutObject, CopyObject, CompleteMultipartUpload, DeleteObject and DeleteObjects with If-Match. The object of CompleteMultipartUpload is expected.',
    facts: ['M31', 'P45', 'X33'],
  },
} as const satisfies Record<string, Question>

export type QuestionId = keyof typeof questions

/** Returns a question by its id. @throws Error for an unknown id */
export function questionOf(id: string): Question {
  const question = (questions as Readonly<Record<string, Question>>)[id]
  if (!question) throw new Error(`Unknown question ${id}. Use an id from support/evidence/open-questions.ts.`)
  return question
}
