import type { FactId } from '../../evidence/catalogue'
import { page, table } from './markdown'

/** Something that people try, what happens, and an alternative. */
interface Unsupported {
  readonly tried: string
  readonly becomes: string
  readonly instead: string
  readonly facts: readonly FactId[]
}

const UNSUPPORTED: readonly Unsupported[] = [
  {
    tried: '`IfNoneMatch` on CreateMultipartUpload or UploadPart',
    becomes: 'The SDK drops it without an error: its model has no such member.',
    instead: 'CompleteMultipartUpload takes the condition, at the end.',
    facts: ['S34', 'M01'],
  },
  {
    tried: 'Conditions on `Upload` of lib-storage',
    becomes:
      'With several parts they are sent with CompleteMultipartUpload only: a 412 comes after all parts were sent.',
    instead: 'Look with HeadObject first where the parts are dear; the condition at the end is still needed.',
    facts: ['S19', 'S35', 'S36'],
  },
  {
    tried: '`IfRange` on GetObject',
    becomes: 'The SDK drops it. S3 takes the header where a middleware sends it; nobody has recorded that.',
    instead: '`If-Match` beside `Range`: 412 says that the object has changed.',
    facts: ['S34', 'R49', 'R45'],
  },
  {
    tried: '`IfModifiedSince`, `IfUnmodifiedSince` on PutObject',
    becomes: 'The SDK drops them; what S3 makes of the headers is not known.',
    instead: '`If-Match` with the entity tag.',
    facts: ['S34', 'P21', 'P13'],
  },
  {
    tried: '`If-None-Match` with an entity tag on a write',
    becomes: '501 NotImplemented: a write takes `*` only.',
    instead: '`If-Match` with the entity tag that is to be replaced.',
    facts: ['P07', 'P08', 'D05', 'M16'],
  },
  {
    tried: '`If-Match: *` on a write',
    becomes: '501 NotImplemented. DeleteObject takes it.',
    instead: 'Read the entity tag and name it.',
    facts: ['P12', 'D10', 'M17', 'X04'],
  },
  {
    tried: 'A list of entity tags, or a weak one, on a write',
    becomes: 'A list is compared as one value, 412; of a weak one it is not known.',
    instead: 'One entity tag, as S3 gave it.',
    facts: ['P19', 'P20'],
  },
  {
    tried: 'Size or time on DeleteObject in a general purpose bucket',
    becomes: '501 NotImplemented: directory buckets only.',
    instead: '`If-Match` with the entity tag.',
    facts: ['X12', 'X13', 'X22', 'X24'],
  },
  {
    tried: '`If-Match` beside a version id on DeleteObject',
    becomes: '501 NotImplemented.',
    instead: 'A version never changes: its id is condition enough.',
    facts: ['X11', 'A14'],
  },
  {
    tried: 'A policy that demands a condition of copies, sizes, times or renames',
    becomes: 'There are no such condition keys.',
    instead: 's3:if-match and s3:if-none-match for writes, s3:if-match for deletes.',
    facts: ['A15', 'A16'],
  },
  {
    tried: '`cf-copy-destination-if-none-match` on CopyObject',
    becomes: 'It is a header of Cloudflare R2: S3 ignores it and copies.',
    instead: '`If-None-Match: *`.',
    facts: ['D18', 'D02'],
  },
  {
    tried: 'A date with a fraction of a second, or without GMT',
    becomes: 'S3 ignores the condition.',
    instead: 'The `LastModified` of an answer, as it is.',
    facts: ['R58', 'C35', 'S13'],
  },
  {
    tried: 'An entity tag that went through a proxy that compresses',
    becomes: 'It is weak then, W/"…"; what S3 makes of it in a read or write is not known.',
    instead:
      'Take the entity tag from S3 itself. A run of this suite through the proxy shows which conditions it drops.',
    facts: ['R14', 'P20'],
  },
  {
    tried: 'Conditions on tagging, ACLs, GetObjectAttributes, listings',
    becomes: 'Their requests have no such members, and the SDK drops them; nothing is known of the headers.',
    instead: 'A conditional read before, which proves nothing of the time between.',
    facts: ['S34'],
  },
  {
    tried: 'Conditions on writes to S3 on Outposts',
    becomes: 'It does not support them.',
    instead: 'A general purpose or directory bucket.',
    facts: ['P33'],
  },
]

/** The page about operations, headers and values that take no condition. */
export function noConditionPage(): string {
  const rows = UNSUPPORTED.map(({ tried, becomes, instead, facts }) => [
    tried,
    becomes,
    instead,
    facts.map((id) => `[${id}](what-amazon-s3-does.md#${id})`).join(', '),
  ])
  return page(
    '# What takes no condition',
    'Operations, headers and values that people try in vain, what becomes of them, and what to do instead. Made by `npm run docs`; every row rests on facts.',
    table(['tried', 'what becomes of it', 'instead', 'facts'], rows),
  )
}
