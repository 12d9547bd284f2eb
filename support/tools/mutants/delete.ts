import { type Mutant, mutants } from './mutant'
import {
  allOf,
  changingEntries,
  changingEntryOutcomes,
  changingRequest,
  error,
  failing,
  failure,
  hasNoObject,
  hasVersionId,
  ignoring,
  ignoringInEntries,
  insteadOf,
  noSuchKey,
  notImplemented,
  preconditionFailed,
  success,
  withHeader,
  withoutElement,
  writingSilently,
} from './overrides'
import { isDelete, replacingHeaders } from './wire'

const remove = 'DeleteObject'

const ofOne: Mutant[] = mutants('delete', {
  'if-match-deletes-only-for-the-current-etag': {
    'DeleteObject with If-Match fails when the ETag does not match': ignoring(remove, 'ifMatch'),
    'A failed DeleteObject request deletes nothing': {
      'the store returns 412 but deletes the object': writingSilently(remove),
    },
    'A 412 response to DeleteObject contains a Condition element': {
      'the Condition element is missing': insteadOf(412, remove, withoutElement('condition')),
    },
    'DeleteObject supports If-Match': {
      'the request fails with 501': failing(withHeader(remove, 'ifMatch'), { ...notImplemented, header: 'If-Match' }),
    },
  },
  'the-quotes-of-an-etag-are-optional': {
    'DeleteObject with If-Match accepts an ETag without quotes': {
      'an ETag without quotes never matches': failing(withHeader(remove, 'ifMatch', /^[0-9a-f]/), 'If-Match'),
    },
  },
  'if-match-with-an-asterisk-deletes-any-object': {
    'DeleteObject with If-Match: * succeeds when the key exists': {
      'the store treats * as a literal ETag': failing(withHeader(remove, 'ifMatch', /^\*$/), 'If-Match'),
    },
    'DeleteObject with If-Match: * fails with 404 when the key does not exist': {
      'the store returns 204': ignoring(withHeader(remove, 'ifMatch', /^\*$/), 'ifMatch'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'DeleteObject with If-Match fails with 404 when the key does not exist': {
      'the request fails with 412': insteadOf(404, remove, 'If-Match'),
    },
    'DeleteObject without a condition returns 204 when the key does not exist': {
      'the request fails with 404': failing(allOf(remove, hasNoObject), noSuchKey),
    },
  },
  'if-match-fails-with-404-when-a-delete-marker-is-current': {
    'DeleteObject with If-Match fails with 404 when the current version is a delete marker': {
      'the request fails with 412, as the Amazon S3 user guide states': insteadOf(404, remove, 'If-Match'),
    },
    'DeleteObject with If-Match does not create another delete marker when the current version is a delete marker': {
      'the request creates another delete marker': ignoring(remove, 'ifMatch'),
    },
  },
  'if-match-creates-a-delete-marker-in-a-versioned-bucket': {
    'In a versioned bucket, a successful DeleteObject request with If-Match returns x-amz-delete-marker': {
      'x-amz-delete-marker is missing': replacingHeaders(isDelete, 204, { 'x-amz-delete-marker': undefined }),
    },
  },
  'if-match-with-a-version-id-fails-with-501': {
    'DeleteObject with If-Match and a version id fails with 501': {
      'the store ignores If-Match': ignoring(allOf(remove, hasVersionId), 'ifMatch'),
    },
  },
  'size-and-time-fail-with-501-in-a-general-purpose-bucket': {
    'In a general purpose bucket, DeleteObject with x-amz-if-match-size fails with 501': ignoring(
      remove,
      'ifMatchSize',
    ),
    'In a general purpose bucket, DeleteObject with x-amz-if-match-last-modified-time fails with 501': ignoring(
      remove,
      'ifMatchLastModifiedTime',
    ),
    'In a general purpose bucket, DeleteObject with both x-amz-if-match-size and If-Match fails with 501 regardless of the ETag':
      {
        'the request fails with 412': failing(
          allOf(withHeader(remove, 'ifMatchSize'), withHeader(remove, 'ifMatch')),
          'If-Match',
        ),
      },
  },
})

const ofMany: Mutant[] = mutants('delete', {
  'deleteobjects-deletes-an-object-only-for-its-current-etag': {
    'DeleteObjects returns an error for an entry whose ETag does not match': {
      'the store ignores the ETag in the entry': ignoringInEntries('etag'),
    },
    'DeleteObjects does not delete an object that the response lists under Errors': {
      'the store deletes the object': changingEntryOutcomes((right) =>
        right.kind === 'failure' ? { ...right, effect: 'deleted' } : right,
      ),
    },
    'In a general purpose bucket, DeleteObjects returns the error code PreconditionFailed for an entry whose ETag does not match':
      {
        'the error code is 412 Precondition Failed, as in a directory bucket': changingEntryOutcomes((right) =>
          right.kind === 'failure' ? { ...right, error: { ...right.error, code: '412 Precondition Failed' } } : right,
        ),
      },
  },
  'deleteobjects-evaluates-each-entry-separately': {
    'When one entry fails, DeleteObjects still deletes the objects named in the other entries': {
      'the whole request fails': failing(
        (_, __, right) =>
          right.kind === 'success' && right.entries?.some(({ outcome }) => outcome.kind === 'failure') === true,
        preconditionFailed(),
      ),
    },
    'DeleteObjects compares the ETag in each entry with the ETag of the object that the entry names': {
      'the store compares only the ETag in the first entry': changingEntries(({ etag, ...entry }, n) =>
        n === 0 ? { ...entry, etag } : entry,
      ),
    },
  },
  'deleteobjects-deletes-any-object-for-an-asterisk': {
    'DeleteObjects deletes an existing object when the ETag in the entry is *': {
      'the store treats * as a literal ETag': changingEntries((entry) =>
        entry.etag === '*' ? { ...entry, etag: '"0"' } : entry,
      ),
    },
  },
  'deleteobjects-with-an-etag-fails-when-the-key-has-no-object': {
    'DeleteObjects returns an error for an entry with an ETag when the key does not exist': {
      'the store ignores the ETag in the entry': ignoringInEntries('etag'),
    },
  },
  'deleteobjects-without-an-etag-succeeds-for-a-missing-key': {
    'DeleteObjects returns no error for an entry without an ETag when the key does not exist': {
      'the store returns NoSuchKey for the entry': changingEntryOutcomes((right, entry, n, { entries }) =>
        entries?.[n]?.current ? right : failure(noSuchKey(entry)),
      ),
    },
    'DeleteObjects returns NoSuchVersion for an entry whose version id does not exist': {
      'the store lists the entry under Deleted': changingEntryOutcomes((right) =>
        right.kind === 'failure' ? success(204, 'unchanged') : right,
      ),
    },
  },
  'deleteobjects-with-size-or-time-deletes-nothing': {
    'In a general purpose bucket, DeleteObjects fails when an entry has a Size': {
      'the store ignores Size': ignoringInEntries('size'),
    },
    'In a general purpose bucket, DeleteObjects fails when an entry has a LastModifiedTime': {
      'the store ignores LastModifiedTime': ignoringInEntries('lastModifiedTime'),
    },
    'In a general purpose bucket, DeleteObjects deletes nothing when one entry has a Size': {
      'the store deletes the objects named in entries without a Size': (request, state, right) =>
        changingEntryOutcomes((outcome, _, n) =>
          request.entries?.[n]?.size === undefined ? outcome : failure(notImplemented),
        )(request, state, ignoringInEntries('size')(request, state, right)),
    },
  },
  'a-listing-sent-back-deletes-nothing': {
    'In a general purpose bucket, DeleteObjects deletes nothing when the entries are copied unchanged from a listing': {
      'the store ignores Size': ignoringInEntries('size'),
    },
  },
  'deleteobjects-accepts-at-most-1000-keys': {
    'DeleteObjects fails when the request contains more than 1000 keys': {
      'the store ignores the keys after the first 1000': changingRequest(
        'DeleteObjects',
        ({ entries, ...request }) => ({
          ...request,
          entries: entries?.slice(0, 1000),
        }),
      ),
    },
    'DeleteObjects succeeds when the request contains 1000 keys': {
      'the store accepts at most 999 keys': failing(
        ({ entries = [] }) => entries.length > 999,
        error(400, 'MalformedXML'),
      ),
    },
  },
})

export const deletes: readonly Mutant[] = [...ofOne, ...ofMany]
