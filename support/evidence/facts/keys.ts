import type { Fact } from '../fact'

export const keys = {
  K01: {
    says: 'A key is a sequence of Unicode characters with at most 1,024 bytes in UTF-8, and identifies one object of its bucket: two keys that differ in one character are two objects.',
    class: 'documented',
    sources: [{ from: 'DOC-KEYS', where: 'uniquely identifies the object; case sensitive' }],
    date: '2026-11-26',
  },
  K02: {
    says: 'PutObject, ListObjectsV2, GetObject and DeleteObject accept and return a space, a percent sign and a slash in a key unchanged.',
    class: 'recorded',
    sources: [{ from: 'LS-S3', where: 'test_put_get_object_special_character' }],
    date: '2026-02-21',
    note: 'The recordings include percent signs that begin a percent-encoding: such a key is not decoded a second time.',
  },
  K03: {
    says: 'CopyObject decodes x-amz-copy-source once: it finds a source with a space, a plus sign, a percent sign or a slash in its key if the header is URL-encoded.',
    class: 'recorded',
    sources: [{ from: 'LS-S3', where: 'test_copy_object_special_character' }],
    date: '2026-02-21',
  },
  K04: {
    says: 'CopyObject finds a source with non-ASCII letters in its key if x-amz-copy-source contains their percent-encoded UTF-8.',
    class: 'probed',
    sources: [{ from: 'FLYSYSTEM-1862', where: 'the error and the fix' }],
    date: '2025-03-27',
    note: 'If the same letters are sent unencoded, S3 returns 404 NoSuchKey.',
  },
  K05: {
    says: 'CompleteMultipartUpload stores an object at a non-ASCII key and returns that key as Key.',
    class: 'recorded',
    sources: [{ from: 'LS-S3', where: 'test_multipart_with_unicode_character_location' }],
    date: '2026-02-21',
  },
  K06: {
    says: 'Keys are flat: an object at a/b does not affect the keys a and a/, and vice versa.',
    class: 'documented',
    sources: [
      { from: 'DOC-KEYS', where: 'no hierarchy of subbuckets or subfolders' },
      { from: 'SWFS-10910', where: 'both orders, on AWS' },
      { from: 'NOOBAA-8320', where: 'key and key/, on AWS' },
    ],
    date: '2026-11-26',
    note: 'The reporters observed this on AWS without a condition.',
  },
} as const satisfies Record<string, Fact>
