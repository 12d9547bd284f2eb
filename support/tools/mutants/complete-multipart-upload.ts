import type { State } from 's3-reference-store/rules'
import { type Mutant, mutants } from './mutant'
import {
  after,
  allOf,
  conflict,
  error,
  failing,
  failsWith,
  ignoring,
  insteadOf,
  type Predicate,
  succeeding,
  succeedingInsteadOf,
  withEffect,
  withElements,
  withHeader,
  withoutElement,
  writingSilently,
} from './overrides'

const complete = 'CompleteMultipartUpload'
const withIfMatch = withHeader(complete, 'ifMatch')
const createOnce = withHeader(complete, 'ifNoneMatch', /^\*$/)
const isKeyChanged: Predicate = (_, { upload }) => upload?.keyChangedSince === true
const isCompleted: Predicate = (_, { upload }) => upload?.state === 'completed'
const noSuchUpload = error(404, 'NoSuchUpload')

/** For each key, selects requests for the upload that was the first to receive a part. */
function isFirstUpload(): Predicate {
  const uploads = new Map<string, State['upload']>()
  return ({ key }, { upload }) => {
    if (!uploads.has(key) && upload) uploads.set(key, upload)
    return upload !== undefined && uploads.get(key) === upload
  }
}

/** Selects requests to a key whose object's ETag has not changed since the latest multipart upload to the key began. */
function hasSameETag(): Predicate {
  const tags = new Map<string, string | undefined>()
  return ({ operation, key: name }, { key }) => {
    if (operation === 'CreateMultipartUpload') tags.set(name, key.current?.etag)
    return tags.get(name) === key.current?.etag
  }
}

export const completeMultipartUpload: readonly Mutant[] = mutants('complete-multipart-upload', {
  'if-none-match-never-overwrites': {
    'CompleteMultipartUpload with If-None-Match: * fails when the key exists': ignoring(complete, 'ifNoneMatch'),
    'CompleteMultipartUpload with If-None-Match: * fails with 412 when the key exists': {
      'the store returns 200 with the error in the body': insteadOf(412, createOnce, withElements({ status: 200 })),
    },
    'CompleteMultipartUpload with If-None-Match: * fails when the object was created after the upload began': {
      'the request fails only when the object is older than the upload': succeedingInsteadOf(
        412,
        allOf(createOnce, isKeyChanged),
      ),
    },
  },
  'if-match-overwrites-only-for-the-current-etag': {
    'CompleteMultipartUpload with If-Match fails when the ETag does not match': ignoring(complete, 'ifMatch'),
    'CompleteMultipartUpload with If-Match does not overwrite an object whose ETag does not match': {
      'the store returns 412 but overwrites the object': writingSilently(withIfMatch),
    },
    'A 412 response to CompleteMultipartUpload contains a Condition element': {
      'the Condition element is missing': insteadOf(412, withIfMatch, withoutElement('condition')),
    },
    'CompleteMultipartUpload with If-Match accepts the ETag of a multipart object': {
      'the ETag of a multipart object never matches': failing(withHeader(complete, 'ifMatch', /-\d+"$/), 'If-Match'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'CompleteMultipartUpload with If-Match fails with 404 when the key does not exist': {
      'the request fails with 412, as RFC 9110 specifies': insteadOf(404, withIfMatch, 'If-Match'),
    },
  },
  'a-412-leaves-the-upload-in-progress': {
    'A CompleteMultipartUpload request that fails with 412 leaves the upload in progress': {
      'the failed request aborts the upload': withEffect('upload aborted', failsWith(complete, 412)),
    },
  },
  'aborting-an-upload-twice-returns-204': {
    'AbortMultipartUpload returns 204 when the upload has already been aborted': {
      'the request fails with 404': failing(
        allOf('AbortMultipartUpload', (_, { upload }) => upload?.state === 'aborted'),
        noSuchUpload,
      ),
    },
    'UploadPart fails after the upload has been aborted': {
      'the request succeeds': succeeding(failsWith('UploadPart', 404), 200, 'part stored'),
    },
  },
  'if-match-fails-with-409-for-an-object-newer-than-the-upload': {
    'CompleteMultipartUpload with If-Match does not overwrite an object that is newer than the upload': {
      'the request overwrites the object when If-Match contains the current ETag': succeedingInsteadOf(
        409,
        withIfMatch,
      ),
    },
    'CompleteMultipartUpload with the current ETag in If-Match fails with 409 when the object is newer than the upload':
      {
        'the request fails with 412, as the Amazon S3 user guide states': insteadOf(409, withIfMatch, 'If-Match'),
      },
    'CompleteMultipartUpload with the old ETag in If-Match fails with 412 when the object was overwritten with different bytes':
      {
        'the request fails with 409': insteadOf(412, allOf(withIfMatch, isKeyChanged), conflict('If-Match')),
      },
    'CompleteMultipartUpload with If-Match fails with 409 when the object was overwritten with identical bytes during the upload':
      {
        'the request succeeds because the ETag is the same': succeedingInsteadOf(
          409,
          allOf(withIfMatch, hasSameETag()),
        ),
      },
    'A 409 response to CompleteMultipartUpload with If-Match contains a Key element': {
      'the Key element is missing': insteadOf(409, withIfMatch, withoutElement('key')),
    },
  },
  'a-404-leaves-the-upload-in-progress': {
    'A CompleteMultipartUpload request that fails with 404 leaves the upload in progress': {
      'the failed request aborts the upload': withEffect('upload aborted', failsWith(complete, 404)),
    },
    'CompleteMultipartUpload with If-Match does not recreate a deleted object': {
      'the request recreates the object': succeedingInsteadOf(404, allOf(withIfMatch, isKeyChanged)),
    },
  },
  'if-none-match-fails-with-409-when-the-object-was-deleted': {
    'CompleteMultipartUpload with If-None-Match: * fails with 409 when the object was deleted after the upload began': {
      'the request succeeds': succeedingInsteadOf(409, createOnce),
      'the request fails with 412': insteadOf(409, createOnce, 'If-None-Match'),
    },
  },
  'after-a-409-a-new-upload-completes': {
    'CompleteMultipartUpload succeeds for a new upload after an earlier upload failed with 409': {
      'the request for the new upload also fails with 409': failing(
        allOf(complete, after(failsWith(complete, 409))),
        conflict('If-Match', 'key'),
      ),
    },
  },
  'the-first-of-two-uploads-to-complete-wins': {
    'When conditional CompleteMultipartUpload requests are sent for two uploads to the same key, only the first request succeeds':
      {
        'CompleteMultipartUpload always succeeds for the upload that began first': ignoring(
          allOf(isFirstUpload(), complete),
          'ifMatch',
          'ifNoneMatch',
        ),
      },
  },
  'a-replay-of-a-completion-bypasses-the-condition': {
    'CompleteMultipartUpload returns the original response when a successful request is sent again': {
      'the second request fails with NoSuchUpload': failing(allOf(complete, isCompleted), noSuchUpload),
    },
    'CompleteMultipartUpload ignores the condition when a successful request is sent again': {
      'the second request fails because the first one created the object': failing(
        allOf(createOnce, isCompleted),
        'If-None-Match',
      ),
    },
  },
  'other-values-and-both-headers-fail-with-501': {
    'CompleteMultipartUpload fails when If-None-Match contains an ETag': {
      'the store ignores the ETag in If-None-Match': ignoring(withHeader(complete, 'ifNoneMatch', /^"/), 'ifNoneMatch'),
    },
    'CompleteMultipartUpload with If-Match: * fails': {
      'the request overwrites any existing object': ignoring(withHeader(complete, 'ifMatch', /^\*$/), 'ifMatch'),
    },
    'CompleteMultipartUpload with both If-Match and If-None-Match fails': {
      'the store ignores If-None-Match': ignoring(allOf(withIfMatch, createOnce), 'ifNoneMatch'),
    },
  },
  'an-upload-in-progress-does-not-affect-conditional-writes': {
    'PutObject with If-None-Match: * to a new key succeeds while a multipart upload to this key is in progress': {
      'the request fails': failing(allOf(withHeader('PutObject', 'ifNoneMatch'), after('UploadPart')), 'If-None-Match'),
    },
  },
})
