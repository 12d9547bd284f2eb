import type { Fact } from '../fact'

export const versions = {
  V01: {
    says: 'In a bucket whose versioning is suspended a write replaces the version with the id null, a delete puts a delete marker with the id null in its place, and versions with other ids stay.',
    class: 'documented',
    sources: [{ from: 'DOC-VS' }],
    date: '2026-11-26',
    note: 'What a conditional write answers there is an open question (O24, P43).',
  },
  V02: {
    says: 'CompleteMultipartUpload with If-None-Match: * in a versioned bucket answers 412 while the current version is an object, and 200 while it is a delete marker that was there before the upload was created.',
    class: 'documented',
    sources: [{ from: 'DOC-W', where: 'the header “only applies to the current version”, of all three operations' }],
    date: '2026-11-26',
    note: 'For PutObject and CopyObject both are recorded, see P04, P05 and D04.',
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
    says: 'DeleteObject whose If-Match names the entity tag of a noncurrent version answers 412: only the current version is compared.',
    class: 'documented',
    sources: [{ from: 'DOC-D', where: '“evaluations only apply to the current version of the object”' }],
    date: '2026-11-26',
    note: 'The same is said of DeleteObjects.',
    when: { operations: ['DeleteObject'], bucket: 'versioned', key: 'object', IfMatch: 'noncurrent' },
    response: { status: 412 },
  },
  V04: {
    says: 'When the current version of a key, or the delete marker that is current, is deleted by its version id, the version before it is current.',
    class: 'documented',
    sources: [{ from: 'DOC-MARKERS' }],
    date: '2026-11-26',
    note: 'That conditions compare with it from then on is what P17 and V03 mean.',
  },
} as const satisfies Record<string, Fact>
