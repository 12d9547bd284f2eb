import type { FactId } from '../../evidence/catalogue'
import { factLinks } from './facts'
import { page, table } from './markdown'

/** A row of the table: an unsupported condition, what happens when a client tries to use it, and an alternative. */
interface Unsupported {
  readonly tried: string
  readonly becomes: string
  readonly instead: string
  readonly facts: readonly FactId[]
}

const UNSUPPORTED: readonly Unsupported[] = [
  {
    tried: '`IfNoneMatch` on CreateMultipartUpload or UploadPart',
    becomes: 'The SDK drops the condition without an error, because its input for these operations has no such field.',
    instead: 'Send the condition with CompleteMultipartUpload, at the end of the upload.',
    facts: ['S34', 'M01'],
  },
  {
    tried: 'Conditions on `Upload` from lib-storage',
    becomes:
      'If the upload has several parts, the conditions are sent only with CompleteMultipartUpload, so a 412 is returned only after all parts have been sent.',
    instead:
      'If the parts are expensive to send, check the key with HeadObject first. The condition on CompleteMultipartUpload is still needed.',
    facts: ['S19', 'S35', 'S36'],
  },
  {
    tried: '`IfRange` on GetObject',
    becomes:
      'The SDK drops the condition. A user reports that S3 evaluates `If-Range` when middleware adds the header to the request, but no recorded response confirms this.',
    instead: 'Send `If-Match` with `Range`. A 412 means that the object has changed.',
    facts: ['S34', 'R49', 'R45'],
  },
  {
    tried: '`IfModifiedSince` or `IfUnmodifiedSince` on PutObject',
    becomes: 'The SDK drops these conditions. It is unknown how S3 would handle them if they were sent.',
    instead: 'Send `If-Match` with the ETag.',
    facts: ['S34', 'P21', 'P13'],
  },
  {
    tried: '`If-None-Match` with an ETag on a write',
    becomes: 'The write fails with 501 NotImplemented, because writes accept only `*` in `If-None-Match`.',
    instead: 'Send `If-Match` with the ETag of the object to be overwritten.',
    facts: ['P07', 'P08', 'D05', 'M16'],
  },
  {
    tried: '`If-Match: *` on a write',
    becomes: 'The write fails with 501 NotImplemented, although DeleteObject accepts `If-Match: *`.',
    instead: 'Read the ETag and send it in `If-Match`.',
    facts: ['P12', 'D10', 'M17', 'X04'],
  },
  {
    tried: 'A list of ETags, or a weak ETag, on a write',
    becomes:
      'S3 treats a list as a single ETag, which never matches, so the write fails with 412. It is unknown how S3 handles a weak ETag.',
    instead: 'Send one ETag, exactly as S3 returned it.',
    facts: ['P19', 'P20'],
  },
  {
    tried: 'A size or time condition on DeleteObject in a general purpose bucket',
    becomes: 'The delete fails with 501 NotImplemented. Only directory buckets support these conditions.',
    instead: 'Send `If-Match` with the ETag.',
    facts: ['X12', 'X13', 'X22', 'X24'],
  },
  {
    tried: '`If-Match` and a version id on DeleteObject',
    becomes: 'The delete fails with 501 NotImplemented.',
    instead: 'Send only the version id. The content of a version never changes, so no condition is needed.',
    facts: ['X11', 'A14'],
  },
  {
    tried: 'A bucket policy that requires a copy-source, rename, size or time condition',
    becomes: 'S3 has no policy condition keys for these conditions.',
    instead: 'Use s3:if-match or s3:if-none-match for writes, and s3:if-match for deletes.',
    facts: ['A15', 'A16'],
  },
  {
    tried: '`cf-copy-destination-if-none-match` on CopyObject',
    becomes: 'S3 ignores this header, which is specific to Cloudflare R2, and copies the object.',
    instead: 'Send `If-None-Match: *`.',
    facts: ['D18', 'D02'],
  },
  {
    tried: 'A date with fractional seconds or without GMT',
    becomes: 'S3 ignores the condition.',
    instead: 'Send the date exactly as S3 returned it in `Last-Modified`.',
    facts: ['R58', 'C35', 'S13'],
  },
  {
    tried: 'An ETag that has passed through a compressing proxy',
    becomes:
      'The proxy makes the ETag weak (W/"…"). It is unknown how S3 handles a weak ETag in the condition of a read or write.',
    instead: 'Get the ETag directly from S3. Run this suite through the proxy to see which conditions the proxy drops.',
    facts: ['R14', 'P20'],
  },
  {
    tried: 'Conditions on tagging, ACLs, GetObjectAttributes or listings',
    becomes:
      'The SDK drops the conditions, because its inputs for these operations have no fields for conditions. It is unknown how S3 would handle them if they were sent.',
    instead:
      'Send a conditional read before the operation. The object can still change between the read and the operation.',
    facts: ['S34'],
  },
  {
    tried: 'Conditions on writes to S3 on Outposts',
    becomes: 'S3 on Outposts does not support conditional writes.',
    instead: 'Use a general purpose or directory bucket.',
    facts: ['P33'],
  },
]

/** Generates the page about conditions that S3 or the SDK does not support. */
export function noConditionPage(): string {
  const rows = UNSUPPORTED.map(({ tried, becomes, instead, facts }) => [tried, becomes, instead, factLinks(facts)])
  return page(
    '# Unsupported conditions',
    'Conditions that people try to use although S3 or the SDK does not support them. Each row shows what happens, what to do instead, and the facts behind it. Made by `npm run docs`.',
    table(['attempt', 'what happens', 'what to do instead', 'facts'], rows),
  )
}
