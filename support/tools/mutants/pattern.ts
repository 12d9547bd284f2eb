import { type Mutant, mutants } from './mutant'
import { ignoring } from './overrides'

const put = 'PutObject'

/** The same rule, for several recipes. */
const each = (specs: readonly string[], rule: string, override: ReturnType<typeof ignoring>): Mutant[] =>
  specs.flatMap((spec) => mutants('pattern', { [spec]: { [`${rule}, for ${spec}`]: { 'ignores it': override } } }))

/** Stores on which recipes do not hold. */
export const pattern: readonly Mutant[] = [
  ...each(
    ['create-once', 'a-lock-is-released', 'a-log-is-appended', 'a-store-is-asked'],
    'PutObject: If-None-Match: * refuses',
    ignoring(put, 'ifNoneMatch'),
  ),
  ...each(
    [
      ...['compare-and-swap', 'equal-bytes', 'a-lease-is-taken', 'a-fence-keeps'],
      ...['a-leader-writes', 'a-pointer-is-swapped', 'a-store-is-asked'],
    ],
    'PutObject: If-Match refuses another entity tag',
    ignoring(put, 'ifMatch'),
  ),
  ...each(
    ['delete-only', 'a-lock-is-released', 'move-only'],
    'DeleteObject: If-Match refuses another entity tag',
    ignoring('DeleteObject', 'ifMatch'),
  ),
  ...mutants('pattern', {
    'a-multipart-upload': {
      'CompleteMultipartUpload: If-None-Match: * refuses': {
        'ignores it': ignoring('CompleteMultipartUpload', 'ifNoneMatch'),
      },
    },
    'move-only': {
      'CopyObject: the If-Match of the source refuses': { 'ignores it': ignoring('CopyObject', 'copySourceIfMatch') },
      'CopyObject: If-None-Match: * refuses': { 'ignores it': ignoring('CopyObject', 'ifNoneMatch') },
    },
    'a-cache-is': { 'GetObject: If-None-Match answers 304': { 'ignores it': ignoring('GetObject', 'ifNoneMatch') } },
    'a-download-is': {
      'GetObject: If-Match refuses a range of another object': { 'ignores it': ignoring('GetObject', 'ifMatch') },
    },
  }),
]
