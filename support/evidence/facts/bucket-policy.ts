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
    says: 'A bucket policy requires If-Match with a statement that denies s3:PutObject when both {"Null": {"s3:if-match": "true"}} and {"Bool": {"s3:ObjectCreationOperation": "true"}} apply.',
    class: 'documented',
    sources: [{ from: 'DOC-WE', where: 'example 2' }],
    date: '2026-11-22',
    note: 'The JSON on the page has a trailing comma and cannot be parsed as published.',
  },
  A04: {
    says: 'A bucket policy that requires If-Match must also allow s3:GetObject.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }],
    date: '2026-11-22',
  },
  A05: {
    says: 'A write or delete without the header that a bucket policy requires fails with 403 AccessDenied.',
    class: 'documented',
    sources: [{ from: 'DOC-WE' }, { from: 'DOC-DE' }],
    date: '2026-11-22',
    cases: [
      {
        when: { operations: ['PutObject'], policy: 'requires If-None-Match', key: 'nothing' },
        response: { status: 403, code: 'AccessDenied' },
      },
      {
        when: { operations: ['DeleteObject'], policy: 'requires If-Match', key: 'object' },
        response: { status: 403, code: 'AccessDenied' },
      },
    ],
  },
  A06: {
    says: 'It is unknown whether CopyObject with the header that a bucket policy requires succeeds or fails with 501: AWS documents both.',
    class: 'open',
    sources: [
      { from: 'DOC-WE', where: 'documents 501' },
      { from: 'NEWS', where: 'announces that the keys work for copies' },
    ],
    date: '2026-11-22',
    note: 'Without the header the status is 403. Conditional copies themselves are recorded as working (D01 to D12), and the user guide, whose Chinese edition also still specifies 501, seems out of date. The suite expects success (O4).',
  },
  A07: {
    says: 'A bucket policy requires If-Match for DeleteObject by allowing s3:DeleteObject only with {"Null": {"s3:if-match": "false"}}, and must also allow s3:GetObject for ETags.',
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
    says: 'The value of s3:if-match and s3:if-none-match is the header value without one pair of surrounding quotes, * is unchanged, a list is one value, and the headers of GET and HEAD do not set them.',
    class: 'probed',
    sources: [{ from: 'VGW' }],
    date: '2026-09-08',
  },
  A10: {
    says: 'PutObject, CompleteMultipartUpload and CopyObject with If-None-Match require only s3:PutObject.',
    class: 'documented',
    sources: [{ from: 'DOC-W' }],
    date: '2026-11-22',
  },
  A11: {
    says: 'PutObject, CompleteMultipartUpload and CopyObject with If-Match require s3:PutObject and s3:GetObject, and fail with 403 without s3:GetObject.',
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
    says: 'With If-None-Match a caller that has only s3:PutObject can learn whether a key exists: the status is 412 if it does, and 200 if it does not.',
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
    says: 'It is unknown whether a write with If-Match fails with 404 or 403 when the key does not exist and the caller lacks s3:ListBucket.',
    class: 'open',
    sources: [],
    date: '2026-11-22',
    note: 'There is no source (O8).',
  },
  A14: {
    says: 'A delete by version id requires s3:DeleteObjectVersion, which does not support the condition key s3:if-match.',
    class: 'probed',
    sources: [{ from: 'TIMER' }, { from: 'DOC-DELETE' }, { from: 'DOC-SAR' }],
    date: '2026-03-06',
    note: 'If-Match with a version id fails with 501; see X11.',
  },
  A15: {
    says: 'The action s3:PutObject has the condition keys s3:if-match and s3:if-none-match, s3:DeleteObject has only s3:if-match, and s3:DeleteObjectVersion has neither.',
    class: 'documented',
    sources: [{ from: 'DOC-SAR' }],
    date: '2026-11-25',
  },
  A16: {
    says: 'The only S3 condition keys for conditional requests are s3:if-match, s3:if-none-match, s3:ObjectCreationOperation and s3:x-amz-object-if-match: there is none for a size, a time, the source of a copy, a rename or an offset.',
    class: 'documented',
    sources: [{ from: 'DOC-SAR' }],
    date: '2026-11-25',
    unassertable: 'A check cannot show that a condition key does not exist.',
  },
  A17: {
    says: 'A bucket policy can allow s3:PutObject with either header by one statement for each header and the statement with {"Bool": {"s3:ObjectCreationOperation": "false"}}.',
    class: 'documented',
    sources: [{ from: 'DOC-WE', where: 'example 3' }],
    date: '2026-11-25',
  },
} as const satisfies Record<string, Fact>
