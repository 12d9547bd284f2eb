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

/** Selects requests that belong to the first upload of their key: the one that received a part first. */
function isFirstUpload(): Predicate {
  const uploads = new Map<string, State['upload']>()
  return ({ key }, { upload }) => {
    if (!uploads.has(key) && upload) uploads.set(key, upload)
    return upload !== undefined && uploads.get(key) === upload
  }
}

/** Selects requests to a key whose ETag is the same as when its upload was created. */
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
      'it returns 200 with the error in the body': insteadOf(412, createOnce, withElements({ status: 200 })),
    },
    'CompleteMultipartUpload with If-None-Match: * fails when the object is newer than the upload': {
      'it fails only when the object is older': succeedingInsteadOf(412, allOf(createOnce, isKeyChanged)),
    },
  },
  'if-match-overwrites-only-for-the-current-etag': {
    'CompleteMultipartUpload with If-Match fails for a different ETag': ignoring(complete, 'ifMatch'),
    'CompleteMultipartUpload with If-Match leaves an object with a different ETag unchanged': {
      'it returns 412 but writes': writingSilently(withIfMatch),
    },
    'A 412 from CompleteMultipartUpload has a Condition': {
      'the Condition is missing': insteadOf(412, withIfMatch, withoutElement('condition')),
    },
    'CompleteMultipartUpload with If-Match accepts the ETag of a multipart object': {
      'such an ETag never matches': failing(withHeader(complete, 'ifMatch', /-\d+"$/), 'If-Match'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'CompleteMultipartUpload with If-Match fails with 404 when the key has no object': {
      'it fails with 412, as RFC 9110 specifies': insteadOf(404, withIfMatch, 'If-Match'),
    },
    'CompleteMultipartUpload with If-Match does not restore a deleted object': {
      'it restores the object': succeedingInsteadOf(404, allOf(withIfMatch, isKeyChanged)),
    },
  },
  'a-412-leaves-the-upload-in-progress': {
    'A CompleteMultipartUpload that fails with 412 keeps the upload': {
      'it aborts the upload': withEffect('upload aborted', failsWith(complete, 412)),
    },
  },
  'aborting-an-upload-twice-returns-204': {
    'AbortMultipartUpload of an aborted upload returns 204': {
      'it fails with 404': failing(
        allOf('AbortMultipartUpload', (_, { upload }) => upload?.state === 'aborted'),
        noSuchUpload,
      ),
    },
    'UploadPart fails when the upload was aborted': {
      'it succeeds': succeeding(failsWith('UploadPart', 404), 200, 'part stored'),
    },
  },
  'if-match-fails-with-409-for-an-object-newer-than-the-upload': {
    'CompleteMultipartUpload with If-Match does not overwrite an object newer than the upload': {
      'it overwrites the object if the ETag is current': succeedingInsteadOf(409, withIfMatch),
    },
    'CompleteMultipartUpload with If-Match fails with 409 for an object newer than the upload': {
      'it fails with 412, as the user guide states': insteadOf(409, withIfMatch, 'If-Match'),
    },
    'CompleteMultipartUpload with If-Match fails with 412 for the old ETag': {
      'it fails with 409': insteadOf(412, allOf(withIfMatch, isKeyChanged), conflict('If-Match')),
    },
    'CompleteMultipartUpload with If-Match fails with 409 even if the object was overwritten with identical bytes': {
      'it succeeds because the ETag is the same': succeedingInsteadOf(409, allOf(withIfMatch, hasSameETag())),
    },
    'A 409 from CompleteMultipartUpload has a Key': {
      'the Key is missing': insteadOf(409, withIfMatch, withoutElement('key')),
    },
  },
  'a-404-leaves-the-upload-in-progress': {
    'A CompleteMultipartUpload that fails with 404 keeps the upload': {
      'it aborts the upload': withEffect('upload aborted', failsWith(complete, 404)),
    },
  },
  'if-none-match-fails-with-409-when-the-object-was-deleted': {
    'CompleteMultipartUpload with If-None-Match: * fails with 409 when the object was deleted after the upload began': {
      'it succeeds': succeedingInsteadOf(409, createOnce),
      'it fails with 412': insteadOf(409, createOnce, 'If-None-Match'),
    },
  },
  'after-a-409-a-new-upload-completes': {
    'CompleteMultipartUpload of a new upload succeeds after a 409': {
      'it fails with 409, too': failing(allOf(complete, after(failsWith(complete, 409))), conflict('If-Match', 'key')),
    },
  },
  'the-first-of-two-uploads-to-complete-wins': {
    'CompleteMultipartUpload succeeds for whichever of two uploads is completed first': {
      'the upload that began first always succeeds': ignoring(
        allOf(isFirstUpload(), complete),
        'ifMatch',
        'ifNoneMatch',
      ),
    },
  },
  'a-replay-of-a-completion-bypasses-the-condition': {
    'CompleteMultipartUpload returns the first response again for a replay': {
      'it fails with NoSuchUpload': failing(allOf(complete, isCompleted), noSuchUpload),
    },
    'CompleteMultipartUpload ignores the condition of a replay': {
      'it fails because its own object exists': failing(allOf(createOnce, isCompleted), 'If-None-Match'),
    },
  },
  'other-values-and-both-headers-fail-with-501': {
    'CompleteMultipartUpload with If-None-Match fails for an ETag': {
      'it ignores the ETag': ignoring(withHeader(complete, 'ifNoneMatch', /^"/), 'ifNoneMatch'),
    },
    'CompleteMultipartUpload with If-Match: * fails': {
      'it overwrites any object': ignoring(withHeader(complete, 'ifMatch', /^\*$/), 'ifMatch'),
    },
    'CompleteMultipartUpload with If-Match and If-None-Match fails': {
      'it ignores If-None-Match': ignoring(allOf(withIfMatch, createOnce), 'ifNoneMatch'),
    },
  },
  'an-upload-in-progress-does-not-affect-conditional-writes': {
    'PutObject with If-None-Match: * succeeds during a multipart upload': {
      'it fails': failing(allOf(withHeader('PutObject', 'ifNoneMatch'), after('UploadPart')), 'If-None-Match'),
    },
  },
})
