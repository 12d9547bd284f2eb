import type { FactId } from './catalogue'

/** A question on which sources contradict each other or are silent. */
interface Question {
  readonly asks: string
  readonly known: string
  /** `settled`: an observation of Amazon S3 answers the question. `open`: such an observation is still needed. */
  readonly state: 'settled' | 'open'
  /** How the question was resolved or, while it is open, how the suite handles it. */
  readonly handling: string
  readonly facts: readonly FactId[]
}

export const questions = {
  O1: {
    asks: 'How far in the future must If-Modified-Since be for S3 to ignore it?',
    known:
      'LocalStack recorded that a date one day in the future is ignored, and Scality recorded the same for a date one hour in the future. For dates closer to the current time, the sources contradict each other. In 2025, the S3Mock developers observed 304 for a date one minute in the future. An opendal report, supported by a screenshot, states that even a date ten seconds in the future is ignored. Because S3 may ignore a future date, jclouds and ceph/s3-tests wait until the date has passed before they send the request. No allowance for clock skew explains both the S3Mock observation and the opendal report.',
    state: 'open',
    handling:
      'Specs assert 200 for a date one day in the future and 304 for dates up to the current time. They assert nothing for dates in between.',
    facts: ['R16', 'R18', 'R19', 'R20', 'R65', 'C08', 'C27'],
  },
  O2: {
    asks: 'For a date that is not in the future, which status does a read return when If-None-Match holds but If-Modified-Since fails?',
    known:
      "RFC 9110 specifies 200, and the tests of versitygw expect 200. LocalStack's emulator returns 304. Amazon S3's response has not been recorded.",
    state: 'open',
    handling: 'Specs assert 200, as RFC 9110 specifies.',
    facts: ['R41', 'C34'],
  },
  O3: {
    asks: 'Does the upload still exist after CompleteMultipartUpload has failed with 409?',
    known:
      "Elasticsearch reports that after a 409 the upload no longer exists and AbortMultipartUpload fails with 404 NoSuchUpload, whereas after a 412 the upload still exists. LocalStack's emulator keeps the upload after a 409. LocalStack's recordings contain no later request that uses the upload. If AbortMultipartUpload returned 204, that would not prove that the upload had still existed, because aborting an already aborted upload returns 204 again (M27). ListParts or UploadPart could show whether it exists.",
    state: 'open',
    handling: 'Specs assert only that a new upload succeeds.',
    facts: ['M05', 'M06', 'M21', 'M22', 'M27'],
  },
  O4: {
    asks: 'Does CopyObject with a conditional header succeed under a bucket policy that requires the header?',
    known:
      'All language editions of the user guide specify 501, whereas the announcement of 2025-10-28 states that the condition keys can enforce conditional copies. Recordings show that conditional copies work, so the user guide seems to be out of date.',
    state: 'open',
    handling: 'The suite expects success, which is documented but has not been verified on Amazon S3.',
    facts: ['A06', 'D17'],
  },
  O5: {
    asks: 'How does S3 handle a date that is not a valid HTTP date?',
    known:
      'S3 ignores the condition: a maintainer of the SDK for Rust and three users of Amazon S3 observed this for reads and for copy sources, with dates that have fractional seconds, lack GMT or are in some other invalid format. Scality returns 400 InvalidArgument, but Amazon S3 does not. No source covers ISO 8601 or the two obsolete formats of an HTTP date.',
    state: 'settled',
    handling:
      'Specs assert that the condition is ignored, as observed on Amazon S3. They assert nothing about dates in ISO 8601 format.',
    facts: ['R58', 'R59', 'C35'],
  },
  O6: {
    asks: 'Which response does DeleteObject with If-Match: * return when the current version is a delete marker?',
    known: 'The user guide specifies 412. Two independent live probes observed 404 NoSuchKey.',
    state: 'settled',
    handling: 'Specs assert 404, as the probes showed.',
    facts: ['X07'],
  },
  O7: {
    asks: 'What does DeleteObjects return for an entry that specifies an ETag but whose key does not exist?',
    known:
      'The user guide describes a Not Found error response but does not state whether the error applies only to the entry or to the whole request. No source shows such a response. The error Code for an entry whose ETag does not match is known: PreconditionFailed in general purpose buckets, “412 Precondition Failed” in directory buckets.',
    state: 'open',
    handling:
      'Specs assert the error Code for an entry whose ETag does not match. For an entry whose key does not exist, they assert only that the delete does not succeed.',
    facts: ['X19', 'X21', 'X27', 'X29'],
  },
  O8: {
    asks: 'Which response does a write with If-Match return when the key does not exist and the caller lacks s3:ListBucket?',
    known: 'No source describes this case.',
    state: 'open',
    handling: 'Specs do not assert the response.',
    facts: ['A13'],
  },
  O9: {
    asks: 'Do the results that ceph/s3-tests expects for writes and deletes match Amazon S3?',
    known:
      'For PutObject and CompleteMultipartUpload, ceph/s3-tests expects 412 or 200 when If-None-Match contains an ETag, and 200 or 404 when If-Match is set to *. These tests are not marked fails_on_aws, but Amazon S3 returns 501. The tests for deletes (204 for a missing key, a version id with If-Match, conditions on size and time) are marked fails_on_aws because they are meant only for directory buckets. Some of these marks are out of date. General purpose buckets return 404, not 204, for a missing key.',
    state: 'settled',
    handling: 'The suite does not use ceph/s3-tests as evidence for writes and deletes.',
    facts: ['P07', 'P12', 'M16', 'M17', 'X05', 'X11'],
  },
  O10: {
    asks: 'Does a copy fail with 304 or 412 when its x-amz-copy-source-if-none-match condition fails?',
    known:
      'The versitygw tests of CopyObject and UploadPartCopy expect 304 NotModified. Recordings of Amazon S3 show 412.',
    state: 'settled',
    handling: 'Specs assert 412, as recorded.',
    facts: ['C03', 'C23'],
  },
  O11: {
    asks: 'Does DeleteObject with If-Match fail with 501 in general purpose buckets, as the S3Mock developers observed in 2025?',
    known:
      'DeleteObject with If-Match failed with 501 until 2025-09-16. Since then it has returned 204 or failed with 412 or 404.',
    state: 'settled',
    handling: 'The recordings from 2026 take precedence over what the S3Mock developers observed in 2025.',
    facts: ['X01', 'X03', 'X05'],
  },
  O12: {
    asks: "Why does LocalStack's emulator return 501 for DeleteObject with If-Match when its own recordings show 412?",
    known:
      'The emulator is out of date at commit 8b9a79f0, where LocalStack skips the test class for such requests with the reason “Behavior is not in line anymore with AWS”.',
    state: 'settled',
    handling: 'The recordings take precedence over the emulator, which is not used as evidence for deletes.',
    facts: ['X01', 'X03', 'X05'],
  },
  O13: {
    asks: 'Does a conditional CompleteMultipartUpload fail with 412 or 409 when a PutObject has written to the key during the upload?',
    known:
      'The user guide specifies 412 for both If-Match and If-None-Match. For If-Match, the recordings show 412 when the header contains the ETag that the object had before the PutObject, and 409 when it contains the ETag of the object that the PutObject stored.',
    state: 'settled',
    handling: 'Specs assert the recorded statuses.',
    facts: ['M10', 'M11', 'M12'],
  },
  O14: {
    asks: 'Does a write or delete with If-Match fail with 412, as RFC 9110 specifies, when the key does not exist?',
    known:
      'No: S3 returns 404 for PutObject, CompleteMultipartUpload and DeleteObject, and also for CopyObject when the destination key does not exist.',
    state: 'settled',
    handling: 'Specs assert 404, as recorded.',
    facts: ['P14', 'D08', 'M13', 'M15', 'X05'],
  },
  O15: {
    asks: 'Does a write or delete with If-Match fail with 412 when the object does not exist, as Ozone, MiniStack, storj and s3s claim in their documentation?',
    known: 'No: Amazon S3 returns 404.',
    state: 'settled',
    handling: 'The suite ignores these claims.',
    facts: ['P14', 'D08', 'M13', 'M15', 'X05'],
  },
  O16: {
    asks: 'Does S3 accept a list of ETags in a condition?',
    known:
      'Scality reports that reads accept a list of ETags, and versitygw reports that writes do not. Both reports describe Amazon S3 itself, but they cover different operations.',
    state: 'settled',
    handling: 'There are separate facts for reads and for writes.',
    facts: ['R11', 'R12', 'R13', 'C18', 'C19', 'P19'],
  },
  O17: {
    asks: 'How does S3 handle a conditional request that contains a weak ETag or If-Range, or that addresses a version, a part, a delete marker or a missing copy source? Which headers does a 304 response contain besides ETag and Last-Modified?',
    known:
      'None of these cases has been recorded. One source claims that the response to a request for a part contains the ETag of the whole object.',
    state: 'open',
    handling: 'Specs assert a response only if a source states what S3 returns.',
    facts: ['R14', 'R49', 'R50', 'R53', 'R55', 'R57', 'C33', 'P20', 'R67'],
  },
  O18: {
    asks: 'How does S3 handle a read with an empty If-Match or If-None-Match header?',
    known:
      'The SDK sends an empty string as an empty header. LocalStack, MiniStack and versitygw return 200. No source describes the response of Amazon S3.',
    state: 'open',
    handling: 'Specs assert that the SDK sends the empty header, but do not assert the response.',
    facts: ['S15'],
  },
  O19: {
    asks: 'How does S3 handle an If-Match or If-None-Match header that is sent with a presigned PUT but not covered by its signature?',
    known:
      'Signature Version 4 requires only host and x-amz- headers to be signed. No source describes how S3 handles an If-Match or If-None-Match header that is not signed.',
    state: 'open',
    handling: 'Specs do not assert the response.',
    facts: ['P41', 'P39', 'P40'],
  },
  O20: {
    asks: 'With which status does PutObjectAnnotation or DeleteObjectAnnotation fail when its condition fails?',
    known: 'Neither the errors in the service model nor any page of the documentation names the status.',
    state: 'open',
    handling: 'No spec asserts the response. The reference store assumes 412.',
    facts: ['E20'],
  },
  O21: {
    asks: 'With which error does DeleteObjects with Size or LastModifiedTime fail in a general purpose bucket?',
    known: 'A probe showed that nothing is deleted, but the report on the probe does not quote the error.',
    state: 'open',
    handling: 'Specs assert only that nothing is deleted.',
    facts: ['X22'],
  },
  O22: {
    asks: 'Which response does CompleteMultipartUpload with If-None-Match: * return when an object has been stored and then deleted since the upload was created?',
    known:
      "The user guide documents 409 for a delete during the upload. LocalStack's emulator returns 200. Amazon S3's response has not been recorded.",
    state: 'open',
    handling: 'No spec asserts the response. The reference store assumes 409, as the user guide documents.',
    facts: ['M25', 'M05', 'M28'],
  },
  O23: {
    asks: 'Does DeleteObject with If-Match and a version id fail with 404 or 501 when the key does not exist?',
    known:
      'The 501 response was observed only for existing versions. For writes other than deletes, S3 checks the values of the conditions before it checks whether the key exists.',
    state: 'open',
    handling: 'No spec asserts the response. The reference store assumes 501.',
    facts: ['X11', 'S27'],
  },
  O24: {
    asks: 'Do conditional writes work in a bucket with versioning suspended?',
    known:
      'The user guide lists buckets with versioning suspended together with unversioned buckets. The recordings cover only buckets in which versioning is enabled or was never enabled.',
    state: 'open',
    handling:
      'No spec asserts the responses. The reference store assumes that they are the same as with versioning enabled.',
    facts: ['P43'],
  },
  O25: {
    asks: 'Does x-amz-copy-source-if-none-match: * fail with 412 whenever the source exists?',
    known:
      'No source describes this case. Reads with If-None-Match: * return 304, and x-amz-copy-source-if-match accepts *.',
    state: 'open',
    handling: 'No spec asserts the response. The reference store assumes 412.',
    facts: ['C37', 'C18', 'R09', 'R10'],
  },
  O26: {
    asks: 'Does a condition on CreateMultipartUpload or UploadPart have any effect?',
    known:
      'The service model defines no condition for either operation. minio-go 7.4.1 sends If-None-Match: * with CreateMultipartUpload but not with CompleteMultipartUpload, so an existing object is overwritten unless S3 evaluates the condition on CreateMultipartUpload.',
    state: 'open',
    handling: 'No spec asserts the responses. The reference store assumes that the condition has no effect.',
    facts: ['M30'],
  },
  O27: {
    asks: 'When an unconditional CompleteMultipartUpload runs concurrently with a request that sends If-Match for the same key, does the uploaded object exist afterwards?',
    known:
      'The user guide states that a request after CreateMultipartUpload can take precedence. CompleteMultipartUpload then succeeds, but its object is never visible. No source shows whether this applies to a conditional write or delete whose If-Match header contains an ETag that the CompleteMultipartUpload has made stale.',
    state: 'open',
    handling:
      'Specs do not assert the outcome of races between an unconditional CompleteMultipartUpload and a request with If-Match (PutObject, CopyObject, CompleteMultipartUpload, DeleteObject or DeleteObjects). The uploaded object is expected to exist afterwards.',
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
