import type { Fact } from '../fact'

export const versions = {
  V01: {
    says: 'In a bucket with versioning suspended, a write replaces the version with the id null, a delete replaces it with a delete marker with the id null, and versions with other ids are kept.',
    class: 'documented',
    sources: [{ from: 'DOC-VS' }],
    date: '2026-11-26',
    note: 'The response to a conditional write in such a bucket is an open question (O24, P43).',
  },
  V02: {
    says: 'CompleteMultipartUpload with If-None-Match: * in a versioned bucket fails with 412 when the current version is an object, and returns 200 when it is a delete marker that existed before the upload was created.',
    class: 'documented',
    sources: [{ from: 'DOC-W', where: 'the header “only applies to the current version”, for all three operations' }],
    date: '2026-11-26',
    note: 'For PutObject and CopyObject both are recorded; see P04, P05 and D04.',
    cases: [
      {
        when: { operations: ['CompleteMultipartUpload'], bucket: 'versioned', key: 'object', IfNoneMatch: '*' },
        response: { status: 412 },
      },
      {
        when: { operations: ['CompleteMultipartUpload'], bucket: 'versioned', key: 'delete marker', IfNoneMatch: '*' },
        response: { status: 200 },
      },
    ],
  },
  V03: {
    says: 'DeleteObject with If-Match set to the ETag of a noncurrent version fails with 412: only the current version is compared.',
    class: 'documented',
    sources: [{ from: 'DOC-D', where: '“evaluations only apply to the current version of the object”' }],
    date: '2026-11-26',
    note: 'The source covers DeleteObjects, too.',
    when: { operations: ['DeleteObject'], bucket: 'versioned', key: 'object', IfMatch: 'noncurrent' },
    response: { status: 412 },
  },
  V04: {
    says: 'When the current version of a key, or its current delete marker, is deleted by its version id, the previous version becomes current.',
    class: 'documented',
    sources: [{ from: 'DOC-MARKERS' }],
    date: '2026-11-26',
    note: 'It follows from P17 and V03 that conditions then compare with that version.',
  },
} as const satisfies Record<string, Fact>
