import { type Mutant, mutants } from './mutant'
import {
  after,
  allowing,
  anotherETag,
  behind,
  both,
  carrying,
  conflict,
  error,
  having,
  ignoring,
  instead,
  isFree,
  isTaken,
  lacking,
  type Meant,
  noSuchKey,
  not,
  refusing,
  worded,
} from './overrides'

const put = 'PutObject'
const conditions = ['ifMatch', 'ifNoneMatch'] as const
const ofStar = having(put, 'ifNoneMatch', /\*/)
const ofBoth = both(having(put, 'ifMatch'), having(put, 'ifNoneMatch'))
const ofOne = not(ofBoth)
const ofAnother = having(put, 'ifMatch', anotherETag)
const isEmpty: Meant = (_, { key }) => key.current?.size === 0
const hasBody = (is: (size: number) => boolean) => both(put, ({ body }) => body !== undefined && is(body.size))

export const write: readonly Mutant[] = mutants('write', {
  'if-none-match-never-overwrites': {
    'PutObject: If-None-Match: * refuses an object that is there': {
      'the header is not looked at': ignoring(put, 'ifNoneMatch'),
    },
    'PutObject: If-None-Match: * leaves the object as it is': { 'it is written behind the 412': behind(ofStar) },
    'PutObject: a deleted object does not count for If-None-Match: *': {
      'whatever was ever put there is in the way': refusing(both(ofStar, after(isTaken)), 'If-None-Match'),
    },
    'PutObject: a failed If-None-Match is 412': {
      '409, as if it were a conflict': instead(412, ofStar, conflict('If-None-Match')),
    },
    'PutObject: a failed If-None-Match is a refusal': {
      'it stands inside a 200': instead(412, ofStar, worded({ status: 200 })),
    },
  },
  'if-match-overwrites-only-for-the-current-etag': {
    'PutObject: If-Match refuses another entity tag': { 'the header is not looked at': ignoring(put, 'ifMatch') },
    'PutObject: If-Match leaves another object as it is': {
      'it is written behind the 412': behind(having(put, 'ifMatch')),
    },
    'PutObject: If-Match lets the current entity tag through': {
      'every If-Match is refused': refusing(having(put, 'ifMatch'), 'If-Match'),
    },
    'PutObject: a failed If-Match is named as S3 writes it': {
      'Condition is if-match': instead(412, having(put, 'ifMatch'), 'if-match'),
    },
  },
  'if-match-compares-only-the-current-version': {
    'PutObject: If-Match compares the current version alone': {
      'the entity tag of any version will do': ignoring(both(put, not(ofAnother)), 'ifMatch'),
    },
  },
  'the-quotes-of-an-etag-are-optional': {
    'PutObject: If-Match without quotes is compared': {
      '400 for what is no entity tag': refusing(having(put, 'ifMatch', /^[^"]+$/), error(400, 'InvalidArgument')),
    },
    'PutObject: If-Match with its closing quote alone is compared': {
      'it matches nothing': refusing(having(put, 'ifMatch', /^[^"]+"$/), 'If-Match'),
    },
    'PutObject: If-Match without quotes refuses another entity tag': {
      'what is not in quotes is not looked at': ignoring(having(put, 'ifMatch', /^[^"]+"?$/), 'ifMatch'),
    },
  },
  'if-match-compares-a-list-of-etags-as-one-value': {
    'PutObject: a list in If-Match matches nothing': {
      'it is taken apart, as by a read': ignoring(having(put, 'ifMatch', /,/), 'ifMatch'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'PutObject: If-Match is 404 on a key without an object': {
      '412, as RFC 9110 has it': instead(404, put, 'If-Match'),
    },
    'PutObject: the 404 to If-Match writes nothing': { 'the object is made behind it': behind(having(put, 'ifMatch')) },
    'PutObject: the 404 to If-Match names the key': { 'there is no Key': instead(404, put, lacking('key')) },
    'PutObject: an If-Match that is no entity tag is 404 on a free key': {
      '400, since it is malformed': refusing(having(put, 'ifMatch', /_/), error(400, 'InvalidArgument')),
    },
  },
  'if-none-match-accepts-only-an-asterisk': {
    'PutObject: If-None-Match takes no entity tag': {
      'it is compared, and holds': ignoring(both(ofOne, having(put, 'ifNoneMatch', /^[^*]/)), 'ifNoneMatch'),
    },
    'PutObject: an entity tag in If-None-Match is 501': {
      '412 for the current one': instead(501, put, 'If-None-Match'),
    },
    'PutObject: a 501 names the header': { 'there is no Header': instead(501, put, lacking('header')) },
  },
  'if-match-does-not-accept-an-asterisk': {
    'PutObject: If-Match takes no star': {
      'it stands for any object': ignoring(both(ofOne, having(put, 'ifMatch', /^\*$/)), 'ifMatch'),
    },
    'PutObject: If-Match: * is 501 on a free key, too': {
      '404, since the key is looked up first': refusing(both(having(put, 'ifMatch', /^\*$/), isFree), noSuchKey),
    },
  },
  'if-match-with-if-none-match-fails-with-501': {
    'PutObject: both conditions at once are refused': {
      'If-Match alone is looked at': ignoring(ofBoth, 'ifNoneMatch'),
    },
    'PutObject: both conditions at once are 501, whatever they are': {
      '412 where one of them fails': refusing(both(ofBoth, ofAnother), 'If-Match'),
    },
    'PutObject: the 501 to both conditions says why': {
      'there is no additionalMessage': instead(501, ofBoth, lacking('additionalMessage')),
    },
  },
  'conditions-apply-to-empty-objects-and-bodies': {
    'PutObject: an empty object is in the way of If-None-Match: *': {
      'it counts as nothing': allowing(412, both(ofStar, isEmpty)),
    },
    'PutObject: conditions hold for an empty body': {
      'they are not looked at': ignoring(
        hasBody((size) => size === 0),
        ...conditions,
      ),
    },
  },
  'a-412-names-the-failed-condition': {
    'PutObject: a 412 has S3’s own words': {
      'they end with a full stop': instead(412, having(put, 'ifMatch'), (_, was) => ({
        ...was,
        message: `${was.message}.`,
      })),
    },
  },
  'conditions-apply-to-a-streamed-body': {
    'PutObject: conditions hold for a stream': {
      'they are not looked at where the body comes in chunks': ignoring(
        carrying(put, 'x-amz-decoded-content-length'),
        ...conditions,
      ),
    },
  },
  'conditions-apply-to-a-body-above-2-mib': {
    'PutObject: conditions hold for a body above 2 MiB': {
      'they are not looked at': ignoring(
        hasBody((size) => size > 2 * 1024 * 1024),
        ...conditions,
      ),
    },
  },
  'a-checksum-does-not-affect-conditions': {
    'PutObject: conditions hold beside a checksum': {
      'they are not looked at where a SHA-256 is sent': ignoring(carrying(put, 'x-amz-checksum-sha256'), ...conditions),
    },
  },
  'if-match-compares-the-etag-of-a-kms-object': {
    'PutObject: If-Match takes the entity tag of an object that KMS encrypts': {
      'it matches nothing': refusing(carrying(having(put, 'ifMatch'), 'x-amz-server-side-encryption'), 'If-Match'),
    },
  },
  'if-match-compares-the-etag-of-an-sse-c-object': {
    'PutObject: If-Match takes the entity tag of an object that a key of the customer encrypts': {
      'it matches nothing': refusing(
        both(having(put, 'ifMatch'), after(carrying(put, 'x-amz-server-side-encryption-customer-algorithm'))),
        'If-Match',
      ),
    },
  },
})
