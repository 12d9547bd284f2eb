import type { Lie, Passing } from '../../proxy/liar'
import type { Mutant } from './mutant'

/** Takes a header away from the requests that are meant, so that the store never sees the condition. */
const ignores = (header: string, isMeant: (passing: Passing) => boolean): Lie => ({
  request: (passing) => {
    if (isMeant(passing)) delete passing.headers[header]
    return undefined
  },
})

const isCopy = ({ headers }: Passing) => 'x-amz-copy-source' in headers
const isPut = (passing: Passing) => passing.method === 'PUT' && !passing.path.includes('partNumber=')
const isPutObject = (passing: Passing) => isPut(passing) && !isCopy(passing)
const isCopyObject = (passing: Passing) => isPut(passing) && isCopy(passing)
const isCompletion = ({ method, path }: Passing) => method === 'POST' && path.includes('uploadId=')
const isDelete = ({ method, path }: Passing) => method === 'DELETE' && !path.includes('uploadId=')
const isGet = ({ method }: Passing) => method === 'GET'

const specs = (...names: string[]) => names.map((name) => `specs/pattern/${name}`)

/** Stores on which what people build does not hold. */
export const patterns: readonly Mutant[] = [
  ...['create-once', 'a-lock-is-released', 'a-log-is-appended', 'a-store-is-asked'].map((spec) => ({
    name: `PutObject: If-None-Match: * refuses, for ${spec}`,
    breaks: 'ignores it',
    specs: specs(spec),
    lie: ignores('if-none-match', isPutObject),
  })),
  ...[
    'compare-and-swap',
    'equal-bytes',
    'a-lease-is-taken',
    'a-fence-keeps',
    'a-leader-writes',
    'a-pointer-is-swapped',
    'a-store-is-asked',
  ].map((spec) => ({
    name: `PutObject: If-Match refuses another entity tag, for ${spec}`,
    breaks: 'ignores it',
    specs: specs(spec),
    lie: ignores('if-match', isPutObject),
  })),
  {
    name: 'CompleteMultipartUpload: If-None-Match: * refuses',
    breaks: 'ignores it',
    specs: specs('a-multipart-upload'),
    lie: ignores('if-none-match', isCompletion),
  },
  ...['delete-only', 'a-lock-is-released', 'move-only'].map((spec) => ({
    name: `DeleteObject: If-Match refuses another entity tag, for ${spec}`,
    breaks: 'ignores it',
    specs: specs(spec),
    lie: ignores('if-match', isDelete),
  })),
  {
    name: 'CopyObject: the If-Match of the source refuses',
    breaks: 'ignores it',
    specs: specs('move-only'),
    lie: ignores('x-amz-copy-source-if-match', isCopyObject),
  },
  {
    name: 'CopyObject: If-None-Match: * refuses',
    breaks: 'ignores it',
    specs: specs('move-only'),
    lie: ignores('if-none-match', isCopyObject),
  },
  {
    name: 'GetObject: If-None-Match answers 304',
    breaks: 'ignores it',
    specs: specs('a-cache-is'),
    lie: ignores('if-none-match', isGet),
  },
  {
    name: 'GetObject: If-Match refuses a range of another object',
    breaks: 'ignores it',
    specs: specs('a-download-is'),
    lie: ignores('if-match', isGet),
  },
]
