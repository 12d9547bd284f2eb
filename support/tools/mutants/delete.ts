import { type Mutant, mutants } from './mutant'
import {
  accepted,
  asIf,
  behind,
  both,
  deciding,
  error,
  hasVersionId,
  having,
  ignoring,
  ignoringOfEntries,
  instead,
  isFree,
  lacking,
  noSuchKey,
  notImplemented,
  preconditionFailed,
  reading,
  refused,
  refusing,
} from './overrides'
import { isDelete } from './wire'

const remove = 'DeleteObject'

const ofOne: Mutant[] = mutants('delete', {
  'if-match-deletes-only-for-the-current-etag': {
    'DeleteObject: If-Match is looked at': { 'it is not': ignoring(remove, 'ifMatch') },
    'DeleteObject that is refused deletes nothing': { 'it deletes behind the 412': behind(remove) },
    'DeleteObject: the 412 names its Condition': { 'it names none': instead(412, remove, lacking('condition')) },
    'DeleteObject with If-Match is implemented': {
      'it is 501': refusing(having(remove, 'ifMatch'), { ...notImplemented, header: 'If-Match' }),
    },
  },
  'the-quotes-of-an-etag-are-optional': {
    'DeleteObject takes an entity tag without quotes': {
      'it matches nothing': refusing(having(remove, 'ifMatch', /^[0-9a-f]/), 'If-Match'),
    },
  },
  'if-match-with-an-asterisk-deletes-any-object': {
    'DeleteObject takes If-Match: *': {
      'the star is an entity tag like others': refusing(having(remove, 'ifMatch', /^\*$/), 'If-Match'),
    },
    'DeleteObject with If-Match: * is 404 where there is nothing': {
      'it is 204': ignoring(having(remove, 'ifMatch', /^\*$/), 'ifMatch'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'DeleteObject with an entity tag is 404 where there is nothing': { 'it is 412': instead(404, remove, 'If-Match') },
    'DeleteObject without a condition is 204 where there is nothing': {
      'it is 404': refusing(both(remove, isFree), noSuchKey),
    },
  },
  'if-match-fails-with-404-when-a-delete-marker-is-current': {
    'A delete marker is 404 to a delete with If-Match': {
      'it is 412, as the user guide has it': instead(404, remove, 'If-Match'),
    },
    'A delete with If-Match makes no second delete marker': { 'it does': ignoring(remove, 'ifMatch') },
  },
  'if-match-creates-a-delete-marker-in-a-versioned-bucket': {
    'A delete with If-Match says that it has made a delete marker': {
      'it does not': {
        response: (passing, { headers: { 'x-amz-delete-marker': marker, ...headers }, ...answer }) => ({
          ...{
            ...answer,
            headers: { ...headers, ...(!isDelete(passing) && marker && { 'x-amz-delete-marker': marker }) },
          },
        }),
      },
    },
  },
  'if-match-with-a-version-id-fails-with-501': {
    'If-Match and a version id are 501': {
      'If-Match is not looked at beside it': ignoring(both(remove, hasVersionId), 'ifMatch'),
    },
  },
  'size-and-time-fail-with-501-in-a-general-purpose-bucket': {
    'DeleteObject: x-amz-if-match-size is 501': { 'it is not looked at': ignoring(remove, 'ifMatchSize') },
    'DeleteObject: x-amz-if-match-last-modified-time is 501': {
      'it is not looked at': ignoring(remove, 'ifMatchLastModifiedTime'),
    },
    'DeleteObject: 501 comes before 412': {
      '412 comes first': refusing(both(having(remove, 'ifMatchSize'), having(remove, 'ifMatch')), 'If-Match'),
    },
  },
})

const ofMany: Mutant[] = mutants('delete', {
  'deleteobjects-deletes-an-object-only-for-its-current-etag': {
    'DeleteObjects: ETag is looked at': { 'it is not': ignoringOfEntries('etag') },
    'DeleteObjects keeps what it lists under Errors': {
      'it deletes it': deciding((right) => (right.kind === 'failure' ? { ...right, effect: 'deleted' } : right)),
    },
    'DeleteObjects: the Code is PreconditionFailed': {
      'it is that of directory buckets': deciding((right) =>
        right.kind === 'failure' ? { ...right, error: { ...right.error, code: '412 Precondition Failed' } } : right,
      ),
    },
  },
  'deleteobjects-evaluates-each-entry-separately': {
    'DeleteObjects: a refused entry keeps none of the others': {
      'all of the request is refused': refusing(
        (_, __, right) =>
          right.kind === 'success' && right.entries?.some(({ outcome }) => outcome.kind === 'failure') === true,
        preconditionFailed(),
      ),
    },
    'DeleteObjects: each entry has an ETag of its own': {
      'that of the first counts for all': reading(({ etag, ...entry }, n) => (n === 0 ? { ...entry, etag } : entry)),
    },
  },
  'deleteobjects-deletes-any-object-for-an-asterisk': {
    'DeleteObjects: the ETag * takes any object': {
      'it is an entity tag like others': reading((entry) => (entry.etag === '*' ? { ...entry, etag: '"0"' } : entry)),
    },
  },
  'deleteobjects-with-an-etag-fails-when-the-key-has-no-object': {
    'DeleteObjects: an entry with an ETag is no success where there is nothing': {
      'it is one': ignoringOfEntries('etag'),
    },
  },
  'deleteobjects-without-an-etag-succeeds-for-a-missing-key': {
    'DeleteObjects: an entry without an ETag is a success where there is nothing': {
      'it is an error': deciding((right, entry, n, { entries }) =>
        entries?.[n]?.current ? right : refused(noSuchKey(entry)),
      ),
    },
    'DeleteObjects: a version that there is not is an error': {
      'it is a success': deciding((right) => (right.kind === 'failure' ? accepted(204, 'unchanged') : right)),
    },
  },
  'deleteobjects-with-size-or-time-deletes-nothing': {
    'DeleteObjects: Size is refused': { 'it is not looked at': ignoringOfEntries('size') },
    'DeleteObjects: LastModifiedTime is refused': { 'it is not looked at': ignoringOfEntries('lastModifiedTime') },
    'DeleteObjects: Size is refused before anything is deleted': {
      'the other entries are deleted': (request, state, right) =>
        deciding((was, _, n) => (request.entries?.[n]?.size === undefined ? was : refused(notImplemented)))(
          request,
          state,
          ignoringOfEntries('size')(request, state, right),
        ),
    },
  },
  'a-listing-sent-back-deletes-nothing': {
    'DeleteObjects: a listing that is sent back deletes nothing': {
      'its Size is not looked at': ignoringOfEntries('size'),
    },
  },
  'deleteobjects-accepts-at-most-1000-keys': {
    'DeleteObjects takes no more than a thousand keys': {
      'it does not look at the last ones': asIf('DeleteObjects', ({ entries, ...request }) => ({
        ...request,
        entries: entries?.slice(0, 1000),
      })),
    },
    'DeleteObjects takes a thousand keys': {
      'it takes 999': refusing(({ entries = [] }) => entries.length > 999, error(400, 'MalformedXML')),
    },
  },
})

export const deletes: readonly Mutant[] = [...ofOne, ...ofMany]
