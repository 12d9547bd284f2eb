import type { Fact } from '../fact'

export const bucketPolicies = {
  A01: {
    says: 'The condition keys for conditional writes are s3:if-none-match and s3:if-match, in lower case, and the Boolean s3:ObjectCreationOperation.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }],
    date: '2026-11-22',
  },
  A02: {
    says: 'A bucket policy that allows s3:PutObject only with {"Null": {"s3:if-none-match": "false"}} needs a second statement that allows it with {"Bool": {"s3:ObjectCreationOperation": "false"}}, for CreateMultipartUpload, UploadPart and UploadPartCopy.',
    class: 'documented',
    sources: [{ from: 'DOC-WE', where: 'example 1' }],
    date: '2026-11-22',
  },
  A03: {
    says: 'A bucket policy demands If-Match with a statement that denies s3:PutObject when both {"Null": {"s3:if-match": "true"}} and {"Bool": {"s3:ObjectCreationOperation": "true"}} apply.',
    class: 'documented',
    sources: [{ from: 'DOC-WE', where: 'example 2' }],
    date: '2026-11-22',
    note: 'The JSON on the page has a trailing comma and does not parse as it is.',
  },
  A04: {
    says: 'A bucket policy that demands If-Match also has to allow s3:GetObject.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }],
    date: '2026-11-22',
  },
  A05: {
    says: 'A write or delete without the header that a bucket policy demands answers 403 AccessDenied.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }, { from: 'DOC-DE' }],
    date: '2026-11-22',
    cases: [
      {
        when: { operations: ['PutObject'], policy: 'demands If-None-Match', key: 'nothing' },
        response: { status: 403, code: 'AccessDenied' },
      },
      {
        when: { operations: ['DeleteObject'], policy: 'demands If-Match', key: 'object' },
        response: { status: 403, code: 'AccessDenied' },
      },
    ],
  },
  A06: {
    says: 'Whether CopyObject with the header that a bucket policy demands succeeds or answers 501 is not known: AWS says both.',
    class: 'open',
    sources: [
      { from: 'DOC-WE', where: 'says 501' },
      { from: 'NEWS', where: 'says that the keys work for copies' },
    ],
    date: '2026-11-22',
    note: 'Without the header it is 403. Conditional copies themselves are recorded as working (D01 to D12), so that the user guide, whose Chinese edition still says so as well, looks stale and success is expected (O4).',
  },
  A07: {
    says: 'A bucket policy demands If-Match of DeleteObject by allowing s3:DeleteObject only with {"Null": {"s3:if-match": "false"}}, and s3:GetObject beside it for entity tags.',
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
    says: 'The value of s3:if-match and s3:if-none-match is that of the header without one pair of surrounding quotes, * stays as it is, a list is one value, and the headers of GET and HEAD do not set them.',
    class: 'probed',
    sources: [{ from: 'VGW' }],
    date: '2026-09-08',
  },
  A10: {
    says: 'PutObject, CompleteMultipartUpload and CopyObject with If-None-Match need s3:PutObject only.',
    class: 'documented',
    sources: [{ from: 'DOC-W' }],
    date: '2026-11-22',
  },
  A11: {
    says: 'PutObject, CompleteMultipartUpload and CopyObject with If-Match need s3:PutObject and s3:GetObject, and answer 403 without s3:GetObject.',
    class: 'documented',
    sources: [{ from: 'DOC-W' }],
    date: '2026-11-22',
    when: {
      operations: ['PutObject', 'CompleteMultipartUpload', 'CopyObject'],
      without: 's3:GetObject',
      key: 'object',
      IfMatch: 'current',
    },
    response: { status: 403 },
  },
  A12: {
    says: 'With If-None-Match a caller who has only s3:PutObject can learn whether a key holds an object: 412 if it does, 200 if not.',
    class: 'documented',
    sources: [{ from: 'DOC-W', where: '“This enables the caller to check for the presence of objects”' }],
    date: '2026-11-22',
    cases: [
      {
        when: { operations: ['PutObject'], without: 's3:GetObject', key: 'object', IfNoneMatch: '*' },
        response: { status: 412 },
      },
      {
        when: { operations: ['PutObject'], without: 's3:GetObject', key: 'nothing', IfNoneMatch: '*' },
        response: { status: 200 },
      },
    ],
  },
  A13: {
    says: 'Whether a write with If-Match to a missing key answers 404 or 403 to a caller without s3:ListBucket is not known.',
    class: 'open',
    sources: [],
    date: '2026-11-22',
    note: 'No source (O8).',
  },
  A14: {
    says: 'Deleting by version id takes s3:DeleteObjectVersion, which s3:if-match cannot guard.',
    class: 'probed',
    sources: [{ from: 'TIMER' }, { from: 'DOC-DELETE' }, { from: 'DOC-SAR' }],
    date: '2026-03-06',
    note: 'A version id with If-Match is answered 501, see X11.',
  },
  A15: {
    says: 'The action s3:PutObject has the condition keys s3:if-match and s3:if-none-match, s3:DeleteObject has s3:if-match only, and s3:DeleteObjectVersion has neither.',
    class: 'documented',
    sources: [{ from: 'DOC-SAR' }],
    date: '2026-11-25',
  },
  A16: {
    says: 'Of the condition keys of S3 only s3:if-match, s3:if-none-match, s3:ObjectCreationOperation and s3:x-amz-object-if-match are about conditional requests: there is none for a size, a time, the source of a copy, a rename or an offset.',
    class: 'documented',
    sources: [{ from: 'DOC-SAR' }],
    date: '2026-11-25',
    unassertable: 'It says what there is not.',
  },
  A17: {
    says: 'A bucket policy can allow s3:PutObject with either header, by a statement for each and the one for {"Bool": {"s3:ObjectCreationOperation": "false"}} beside them.',
    class: 'documented',
    sources: [{ from: 'DOC-WE', where: 'example 3' }],
    date: '2026-11-25',
  },
} as const satisfies Record<string, Fact>
