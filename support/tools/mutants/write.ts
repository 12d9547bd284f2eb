import {
  after,
  anotherETag,
  behind,
  CONDITIONS,
  error,
  having,
  ignoring,
  insteadOf,
  isPut,
  type Meant,
  missing,
  refused,
  refusing,
  sent,
  sizeOf,
} from './lies'
import type { Mutant } from './mutant'

const hasMatch = (value: RegExp) => having(isPut, 'if-match', value)
const hasNoneMatch = (value: RegExp) => having(isPut, 'if-none-match', value)
const hasStar = hasNoneMatch(/\*/)
const hasBoth: Meant = (passing) => hasMatch(/./)(passing) && hasNoneMatch(/./)(passing)
const alone =
  (meant: Meant): Meant =>
  (passing) =>
    meant(passing) && !hasBoth(passing)

export const write: readonly Mutant[] = [
  {
    name: 'PutObject: If-None-Match: * refuses an object that is there',
    breaks: 'the header is not looked at',
    specs: ['specs/write/if-none-match-star'],
    lie: ignoring(isPut, 'if-none-match'),
  },
  {
    name: 'PutObject: If-None-Match: * leaves the object as it is',
    breaks: 'it is written behind the 412',
    specs: ['specs/write/if-none-match-star'],
    lie: after(isPut, (was) => behind((passing) => hasStar(passing) && was(passing), refused('If-None-Match'))),
  },
  {
    name: 'PutObject: a deleted object does not count for If-None-Match: *',
    breaks: 'whatever was ever put there is in the way',
    specs: ['specs/write/if-none-match-star'],
    lie: after(isPut, (was) => refusing((passing) => hasStar(passing) && was(passing), refused('If-None-Match'))),
  },
  {
    name: 'PutObject: a failed If-None-Match is 412',
    breaks: '409, as if it were a conflict',
    specs: ['specs/write/if-none-match-star'],
    lie: insteadOf(412, hasStar, error(409, 'ConditionalRequestConflict', { Condition: 'If-None-Match' })),
  },
  {
    name: 'PutObject: a failed If-None-Match is a refusal',
    breaks: 'it stands inside a 200',
    specs: ['specs/write/if-none-match-star'],
    lie: insteadOf(412, hasStar, error(200, 'PreconditionFailed', { Condition: 'If-None-Match' })),
  },
  {
    name: 'PutObject: If-Match refuses another entity tag',
    breaks: 'the header is not looked at',
    specs: ['specs/write/if-match-overwrites'],
    lie: ignoring(isPut, 'if-match'),
  },
  {
    name: 'PutObject: If-Match leaves another object as it is',
    breaks: 'it is written behind the 412',
    specs: ['specs/write/if-match-overwrites'],
    lie: behind(hasMatch(new RegExp(anotherETag)), refused('If-Match')),
  },
  {
    name: 'PutObject: If-Match lets the current entity tag through',
    breaks: 'every If-Match is refused',
    specs: ['specs/write/if-match-overwrites'],
    lie: refusing(hasMatch(/./), refused('If-Match')),
  },
  {
    name: 'PutObject: a failed If-Match is named as S3 writes it',
    breaks: 'Condition is if-match',
    specs: ['specs/write/if-match-overwrites'],
    lie: insteadOf(412, hasMatch(/./), refused('if-match')),
  },
  {
    name: 'PutObject: If-Match compares the current version alone',
    breaks: 'the entity tag of any version will do',
    specs: ['specs/write/if-match-compares'],
    lie: ignoring((passing) => hasMatch(/./)(passing) && sent(passing, 'if-match') !== anotherETag, 'if-match'),
  },
  {
    name: 'PutObject: If-Match without quotes is compared',
    breaks: '400 for what is no entity tag',
    specs: ['specs/write/the-quotes'],
    lie: refusing(hasMatch(/^[^"]+$/), error(400, 'InvalidArgument')),
  },
  {
    name: 'PutObject: If-Match with its closing quote alone is compared',
    breaks: 'it matches nothing',
    specs: ['specs/write/the-quotes'],
    lie: refusing(hasMatch(/^[^"]+"$/), refused('If-Match')),
  },
  {
    name: 'PutObject: If-Match without quotes refuses another entity tag',
    breaks: 'what is not in quotes is not looked at',
    specs: ['specs/write/the-quotes'],
    lie: ignoring(hasMatch(/^[^"]+"?$/), 'if-match'),
  },
  {
    name: 'PutObject: a list in If-Match matches nothing',
    breaks: 'it is taken apart, as by a read',
    specs: ['specs/write/a-list'],
    lie: ignoring(hasMatch(/,/), 'if-match'),
  },
  {
    name: 'PutObject: If-Match is 404 on a key without an object',
    breaks: '412, as RFC 9110 has it',
    specs: ['specs/write/if-match-is-404'],
    lie: insteadOf(404, isPut, refused('If-Match')),
  },
  {
    name: 'PutObject: the 404 to If-Match writes nothing',
    breaks: 'the object is made behind it',
    specs: ['specs/write/if-match-is-404'],
    lie: behind(hasMatch(/^(abc|bad-char_\/)$/), missing),
  },
  {
    name: 'PutObject: the 404 to If-Match names the key',
    breaks: 'there is no Key',
    specs: ['specs/write/if-match-is-404'],
    lie: insteadOf(404, isPut, error(404, 'NoSuchKey', { Message: 'The specified key does not exist.' })),
  },
  {
    name: 'PutObject: an If-Match that is no entity tag is 404 on a free key',
    breaks: '400, since it is malformed',
    specs: ['specs/write/if-match-is-404'],
    lie: refusing(hasMatch(/_/), error(400, 'InvalidArgument')),
  },
  {
    name: 'PutObject: If-None-Match takes no entity tag',
    breaks: 'it is compared, and holds',
    specs: ['specs/write/if-none-match-takes'],
    lie: ignoring(alone(hasNoneMatch(/^[^*]/)), 'if-none-match'),
  },
  {
    name: 'PutObject: an entity tag in If-None-Match is 501',
    breaks: '412 for the current one',
    specs: ['specs/write/if-none-match-takes'],
    lie: insteadOf(501, isPut, refused('If-None-Match')),
  },
  {
    name: 'PutObject: a 501 names the header',
    breaks: 'there is no Header',
    specs: ['specs/write/if-none-match-takes'],
    lie: insteadOf(501, isPut, error(501, 'NotImplemented')),
  },
  {
    name: 'PutObject: If-Match takes no star',
    breaks: 'it stands for any object',
    specs: ['specs/write/if-match-takes-no'],
    lie: ignoring(alone(hasMatch(/^\*$/)), 'if-match'),
  },
  {
    name: 'PutObject: If-Match: * is 501 on a free key, too',
    breaks: '404, since the key is looked up first',
    specs: ['specs/write/if-match-takes-no'],
    lie: after(isPut, (was) => refusing((passing) => hasMatch(/^\*$/)(passing) && !was(passing), missing)),
  },
  {
    name: 'PutObject: both conditions at once are refused',
    breaks: 'If-Match alone is looked at',
    specs: ['specs/write/both-conditions'],
    lie: ignoring(hasBoth, 'if-none-match'),
  },
  {
    name: 'PutObject: both conditions at once are 501, whatever they are',
    breaks: '412 where one of them fails',
    specs: ['specs/write/both-conditions'],
    lie: refusing((passing) => hasBoth(passing) && sent(passing, 'if-match') === anotherETag, refused('If-Match')),
  },
  {
    name: 'PutObject: the 501 to both conditions says why',
    breaks: 'there is no additionalMessage',
    specs: ['specs/write/both-conditions'],
    lie: insteadOf(501, hasBoth, error(501, 'NotImplemented', { Header: 'If-Match,If-None-Match' })),
  },
  {
    name: 'PutObject: an empty object is in the way of If-None-Match: *',
    breaks: 'it counts as nothing',
    specs: ['specs/write/empty'],
    lie: after(
      (passing) => isPut(passing) && sizeOf(passing) === 0,
      (was) => ignoring((passing) => isPut(passing) && was(passing), 'if-none-match'),
    ),
  },
  {
    name: 'PutObject: conditions hold for an empty body',
    breaks: 'they are not looked at',
    specs: ['specs/write/empty'],
    lie: ignoring((passing) => isPut(passing) && sizeOf(passing) === 0, ...CONDITIONS),
  },
  {
    name: 'PutObject: a 412 has S3’s own words',
    breaks: 'they end with a full stop',
    specs: ['specs/write/a-412-says'],
    lie: insteadOf(
      412,
      hasMatch(/./),
      error(412, 'PreconditionFailed', {
        Message: 'At least one of the pre-conditions you specified did not hold.',
        Condition: 'If-Match',
      }),
    ),
  },
  {
    name: 'PutObject: conditions hold for a stream',
    breaks: 'they are not looked at where the body comes in chunks',
    specs: ['specs/write/a-streamed'],
    lie: ignoring((passing) => isPut(passing) && /aws-chunked/.test(sent(passing, 'content-encoding')), ...CONDITIONS),
  },
  {
    name: 'PutObject: conditions hold for a body above 2 MiB',
    breaks: 'they are not looked at',
    specs: ['specs/write/a-body-above'],
    lie: ignoring((passing) => isPut(passing) && sizeOf(passing) > 2 * 1024 * 1024, ...CONDITIONS),
  },
  {
    name: 'PutObject: conditions hold beside a checksum',
    breaks: 'they are not looked at where a SHA-256 is sent',
    specs: ['specs/write/a-checksum'],
    lie: ignoring((passing) => isPut(passing) && 'x-amz-checksum-sha256' in passing.headers, ...CONDITIONS),
  },
  {
    name: 'PutObject: If-Match takes the entity tag of an object that KMS encrypts',
    breaks: 'it matches nothing',
    specs: ['specs/write/if-match-takes-the-entity-tag-of-an-object-under-kms'],
    lie: refusing(
      (passing) => hasMatch(/./)(passing) && sent(passing, 'x-amz-server-side-encryption') === 'aws:kms',
      refused('If-Match'),
    ),
  },
  {
    name: 'PutObject: If-Match takes the entity tag of an object that a key of the customer encrypts',
    breaks: 'it matches nothing',
    specs: ['specs/write/if-match-takes-the-entity-tag-of-an-object-under-a-key'],
    lie: after(
      (passing) => isPut(passing) && 'x-amz-server-side-encryption-customer-algorithm' in passing.headers,
      (was) => refusing((passing) => hasMatch(/./)(passing) && was(passing), refused('If-Match')),
    ),
  },
]
