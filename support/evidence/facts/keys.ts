import type { Fact } from '../fact'

export const keys = {
  K01: {
    says: 'A key is a sequence of Unicode characters whose UTF-8 has at most 1,024 bytes, and it identifies one object of its bucket: two keys that differ in one character are two objects.',
    class: 'documented',
    sources: [{ from: 'DOC-KEYS', where: 'uniquely identifies the object; case sensitive' }],
    date: '2026-11-26',
  },
  K02: {
    says: 'PutObject, ListObjectsV2, GetObject and DeleteObject take and return a blank, a percent sign and a slash in a key as they are.',
    class: 'recorded',
    sources: [{ from: 'LS-S3', where: 'test_put_get_object_special_character' }],
    date: '2026-02-21',
    note: 'Recorded with percent signs that begin a percent-encoding, too: such a key is not decoded a second time.',
  },
  K03: {
    says: 'CopyObject decodes x-amz-copy-source once: a source whose key has a blank, a plus, a percent sign or a slash is found if the header is URL-encoded.',
    class: 'recorded',
    sources: [{ from: 'LS-S3', where: 'test_copy_object_special_character' }],
    date: '2026-02-21',
  },
  K04: {
    says: 'CopyObject finds a source whose key has letters beyond ASCII if x-amz-copy-source has their UTF-8 percent-encoded.',
    class: 'probed',
    sources: [{ from: 'FLYSYSTEM-1862', where: 'the error and the fix' }],
    date: '2025-03-27',
    note: 'If the same letters are sent as they are, S3 returns 404 NoSuchKey.',
  },
  K05: {
    says: 'CompleteMultipartUpload stores an object at a key beyond ASCII and returns that key as Key.',
    class: 'recorded',
    sources: [{ from: 'LS-S3', where: 'test_multipart_with_unicode_character_location' }],
    date: '2026-02-21',
  },
  K06: {
    says: 'Keys are flat: an object at a/b says nothing about the keys a and a/, nor the other way round.',
    class: 'documented',
    sources: [
      { from: 'DOC-KEYS', where: 'no hierarchy of subbuckets or subfolders' },
      { from: 'SWFS-10910', where: 'both orders, on AWS' },
      { from: 'NOOBAA-8320', where: 'key and key/, on AWS' },
    ],
    date: '2026-11-26',
    note: 'The reporters say so of AWS without a condition.',
  },
} as const satisfies Record<string, Fact>
