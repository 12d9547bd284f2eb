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

/** Selects requests of the upload that was the first of its key to receive a part. */
function isFirstUpload(): Predicate {
  const uploads = new Map<string, State['upload']>()
  return ({ key }, { upload }) => {
    if (!uploads.has(key) && upload) uploads.set(key, upload)
    return upload !== undefined && uploads.get(key) === upload
  }
}

/** Selects requests to a key that has the ETag that it had when its upload was created. */
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
    'CompleteMultipartUpload with If-None-Match: * fails with status 412': {
      'the error is inside a 200': insteadOf(412, createOnce, withElements({ status: 200 })),
    },
    'CompleteMultipartUpload with If-None-Match: * fails when the object is newer than the upload': {
      'only an older object counts': succeedingInsteadOf(412, allOf(createOnce, isKeyChanged)),
    },
  },
  'if-match-overwrites-only-for-the-current-etag': {
    'CompleteMultipartUpload with If-Match fails for a different ETag': ignoring(complete, 'ifMatch'),
    'CompleteMultipartUpload with If-Match leaves an object with a different ETag unchanged': {
      'it returns 412 and writes': writingSilently(withIfMatch),
    },
    'CompleteMultipartUpload fails with a Condition': {
      'the Condition is missing': insteadOf(412, withIfMatch, withoutElement('condition')),
    },
    'CompleteMultipartUpload with If-Match accepts the ETag of a multipart object': {
      'it matches nothing': failing(withHeader(complete, 'ifMatch', /-\d+"$/), 'If-Match'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'CompleteMultipartUpload with If-Match fails with 404 when the key has no object': {
      'it fails with 412, as in RFC 9110': insteadOf(404, withIfMatch, 'If-Match'),
    },
    'CompleteMultipartUpload with If-Match does not restore a deleted object': {
      'it succeeds when the object was deleted': succeedingInsteadOf(404, allOf(withIfMatch, isKeyChanged)),
    },
  },
  'a-412-leaves-the-upload-in-progress': {
    'CompleteMultipartUpload that fails with 412 keeps the upload': {
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
      'it does for the current ETag': succeedingInsteadOf(409, withIfMatch),
    },
    'CompleteMultipartUpload with If-Match fails with 409 for an object newer than the upload': {
      'it fails with 412, as in the user guide': insteadOf(409, withIfMatch, 'If-Match'),
    },
    'CompleteMultipartUpload with If-Match fails with 412 for the old ETag': {
      'it fails with 409': insteadOf(412, allOf(withIfMatch, isKeyChanged), conflict('If-Match')),
    },
    'CompleteMultipartUpload with If-Match fails with 409 for identical bytes, too': {
      'it succeeds for the same ETag': succeedingInsteadOf(409, allOf(withIfMatch, hasSameETag())),
    },
    'CompleteMultipartUpload fails with 409 and the Key': {
      'the Key is missing': insteadOf(409, withIfMatch, withoutElement('key')),
    },
  },
  'a-404-leaves-the-upload-in-progress': {
    'CompleteMultipartUpload that fails with 404 keeps the upload': {
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
    'CompleteMultipartUpload succeeds for the first of two uploads to complete': {
      'the first to begin overwrites the other': ignoring(allOf(isFirstUpload(), complete), 'ifMatch', 'ifNoneMatch'),
    },
  },
  'a-replay-of-a-completion-bypasses-the-condition': {
    'CompleteMultipartUpload returns the first response again for a replay': {
      'it fails with NoSuchUpload': failing(allOf(complete, isCompleted), noSuchUpload),
    },
    'CompleteMultipartUpload ignores the condition of a replay': {
      'it fails because of its own object': failing(allOf(createOnce, isCompleted), 'If-None-Match'),
    },
  },
  'other-values-and-both-headers-fail-with-501': {
    'CompleteMultipartUpload with If-None-Match fails for an ETag': {
      'the ETag is ignored': ignoring(withHeader(complete, 'ifNoneMatch', /^"/), 'ifNoneMatch'),
    },
    'CompleteMultipartUpload with If-Match: * fails': {
      'it accepts any object': ignoring(withHeader(complete, 'ifMatch', /^\*$/), 'ifMatch'),
    },
    'CompleteMultipartUpload with both conditions fails': {
      'If-None-Match is ignored': ignoring(allOf(withIfMatch, createOnce), 'ifNoneMatch'),
    },
  },
  'an-upload-in-progress-does-not-affect-conditional-writes': {
    'PutObject with If-None-Match: * succeeds during a multipart upload': {
      'it fails': failing(allOf(withHeader('PutObject', 'ifNoneMatch'), after('UploadPart')), 'If-None-Match'),
    },
  },
})
