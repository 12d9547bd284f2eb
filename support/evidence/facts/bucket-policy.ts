import type { Fact } from '../catalogue'

export const bucketPolicies = {
  A01: {
    says: 'Bucket policies know the keys s3:if-none-match, s3:if-match and s3:ObjectCreationOperation.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }],
    date: '2026-11-22',
  },
  A02: {
    says: 'A policy that allows s3:PutObject only with s3:if-none-match needs a second statement for the requests of a multipart upload.',
    class: 'documented',
    sources: [{ from: 'DOC-WE', where: 'example 1' }],
    date: '2026-11-22',
  },
  A03: {
    says: 'A policy that denies s3:PutObject without s3:if-match names s3:ObjectCreationOperation beside it.',
    class: 'documented',
    sources: [{ from: 'DOC-WE', where: 'example 2' }],
    date: '2026-11-22',
  },
  A04: {
    says: 'A policy about If-Match also needs to allow s3:GetObject.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }],
    date: '2026-11-22',
  },
  A05: {
    says: 'A write without the header that a bucket policy demands answers 403 AccessDenied.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }, { from: 'DOC-DE' }],
    date: '2026-11-22',
  },
  A06: {
    says: 'Whether CopyObject with the header that a bucket policy demands succeeds is documented both ways.',
    class: 'open',
    sources: [{ from: 'DOC-WE', where: 'vs launch note' }],
    date: '2026-11-22',
    note: 'The user guide says 501, the launch note of 2025-10-28 says that the keys hold for copies.',
  },
  A07: {
    says: 'A policy can demand If-Match of DeleteObject with the key s3:if-match.',
    class: 'documented',
    sources: [{ from: 'DOC-DE' }],
    date: '2026-11-22',
  },
  A08: {
    says: 'PutBucketPolicy accepts s3:if-match only with s3:PutObject and s3:DeleteObject, and s3:if-none-match only with s3:PutObject.',
    class: 'probed',
    sources: [{ from: 'VGW' }],
    date: '2026-09-08',
  },
  A09: {
    says: 'The policy keys have the value of the header without one pair of quotes, and reads do not set them.',
    class: 'probed',
    sources: [{ from: 'VGW' }],
    date: '2026-09-08',
  },
  A10: {
    says: 'A write with If-None-Match needs s3:PutObject only.',
    class: 'documented',
    sources: [{ from: 'DOC-W' }],
    date: '2026-11-22',
  },
  A11: {
    says: 'A write with If-Match needs s3:GetObject beside s3:PutObject, and answers 403 without it.',
    class: 'documented',
    sources: [{ from: 'DOC-W' }],
    date: '2026-11-22',
  },
  A12: {
    says: 'If-None-Match lets a caller who may only write learn whether a key exists.',
    class: 'documented',
    sources: [{ from: 'DOC-W', where: '"This enables the caller to check for the presence of objects"' }],
    date: '2026-11-22',
  },
  A13: {
    says: 'Whether a write with If-Match to a missing key answers 404 or 403 to a caller who may not list the bucket is not known.',
    class: 'open',
    sources: [{ from: 'NONE' }],
    date: '2026-11-22',
  },
  A14: {
    says: 'The policy key s3:if-match cannot guard the deletion of a version.',
    class: 'probed',
    sources: [{ from: 'TIMER' }, { from: 'DOC' }],
    date: '2026-03-06',
  },
} as const satisfies Record<string, Fact>
