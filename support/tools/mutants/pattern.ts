import { type Mutant, mutants } from './mutant'
import { ignoring, type Override } from './overrides'

/** Creates one mutant for each of the given specs, whose recipes all depend on the given rule. */
const each = (specs: readonly string[], rule: string, override: Override): Mutant[] =>
  specs.flatMap((spec) => mutants('pattern', { [spec]: { [`${rule} (${spec})`]: override } }))

export const pattern: readonly Mutant[] = [
  ...each(
    ['create-once', 'a-lock-is-released', 'a-log-is-appended', 'a-store-is-asked'],
    'PutObject with If-None-Match: * fails when the key exists',
    ignoring('PutObject', 'ifNoneMatch'),
  ),
  ...each(
    [
      ...['compare-and-swap', 'equal-bytes', 'a-lease-is-taken', 'a-fence-keeps'],
      ...['a-leader-writes', 'a-pointer-is-swapped', 'a-store-is-asked'],
    ],
    'PutObject with If-Match fails when the ETag does not match',
    ignoring('PutObject', 'ifMatch'),
  ),
  ...each(
    ['delete-only', 'a-lock-is-released', 'move-only'],
    'DeleteObject with If-Match fails when the ETag does not match',
    ignoring('DeleteObject', 'ifMatch'),
  ),
  ...each(
    ['a-multipart-upload'],
    'CompleteMultipartUpload with If-None-Match: * fails when the key exists',
    ignoring('CompleteMultipartUpload', 'ifNoneMatch'),
  ),
  ...each(
    ['move-only'],
    'CopyObject with x-amz-copy-source-if-match fails when the ETag does not match',
    ignoring('CopyObject', 'copySourceIfMatch'),
  ),
  ...each(
    ['move-only'],
    'CopyObject with If-None-Match: * fails when the destination exists',
    ignoring('CopyObject', 'ifNoneMatch'),
  ),
  ...each(
    ['a-cache-is'],
    'GetObject with If-None-Match returns 304 when the ETag matches',
    ignoring('GetObject', 'ifNoneMatch'),
  ),
  ...each(
    ['a-download-is'],
    'GetObject with If-Match fails when the ETag does not match',
    ignoring('GetObject', 'ifMatch'),
  ),
]
