import type { State } from 's3-reference-store/rules'
import { type Mutant, mutants } from './mutant'
import {
  accepting,
  after,
  allowing,
  behind,
  both,
  conflict,
  error,
  failing,
  having,
  ignoring,
  instead,
  lacking,
  type Meant,
  refusing,
  withEffect,
  worded,
} from './overrides'

const complete = 'CompleteMultipartUpload'
const ofMatch = having(complete, 'ifMatch')
const ofStar = having(complete, 'ifNoneMatch', /^\*$/)
const isChanged: Meant = (_, { upload }) => upload?.keyChangedSince === true
const isCompleted: Meant = (_, { upload }) => upload?.state === 'completed'
const noSuchUpload = error(404, 'NoSuchUpload')

/** Those that complete the upload to their key to which the first part was sent. */
function first(): Meant {
  const uploads = new Map<string, State['upload']>()
  return ({ key }, { upload }) => {
    if (!uploads.has(key) && upload) uploads.set(key, upload)
    return upload !== undefined && uploads.get(key) === upload
  }
}

/** Those to a key that holds the bytes that it held when the upload to it was created. */
function unchanged(): Meant {
  const tags = new Map<string, string | undefined>()
  return ({ operation, key: name }, { key }) => {
    if (operation === 'CreateMultipartUpload') tags.set(name, key.current?.etag)
    return tags.get(name) === key.current?.etag
  }
}

export const completeMultipartUpload: readonly Mutant[] = mutants('complete-multipart-upload', {
  'if-none-match-never-overwrites': {
    'CompleteMultipartUpload: If-None-Match: * refuses an object that is there': {
      'the header is not looked at': ignoring(complete, 'ifNoneMatch'),
    },
    'CompleteMultipartUpload: a failed If-None-Match is a refusal': {
      'it stands inside a 200': instead(412, ofStar, worded({ status: 200 })),
    },
    'CompleteMultipartUpload: an object stored since the upload began is in the way of If-None-Match: *': {
      'only what was there before counts': allowing(412, both(ofStar, isChanged)),
    },
  },
  'if-match-overwrites-only-for-the-current-etag': {
    'CompleteMultipartUpload: If-Match refuses another entity tag': {
      'the header is not looked at': ignoring(complete, 'ifMatch'),
    },
    'CompleteMultipartUpload: If-Match leaves another object as it is': {
      'it is overwritten behind the 412': behind(ofMatch),
    },
    'CompleteMultipartUpload: a 412 names the condition': {
      'there is no Condition': instead(412, ofMatch, lacking('condition')),
    },
    'CompleteMultipartUpload: If-Match takes the entity tag of an object made in parts': {
      'one that ends in a number matches nothing': refusing(having(complete, 'ifMatch', /-\d+"$/), 'If-Match'),
    },
  },
  'if-match-fails-with-404-when-the-key-has-no-object': {
    'CompleteMultipartUpload: If-Match is 404 on a key without an object': {
      '412, as RFC 9110 has it': instead(404, ofMatch, 'If-Match'),
    },
    'CompleteMultipartUpload: If-Match does not bring a deleted object back': {
      'it is not looked at where the object was deleted': allowing(404, both(ofMatch, isChanged)),
    },
  },
  'a-412-leaves-the-upload-in-progress': {
    'CompleteMultipartUpload: a 412 leaves the upload in progress': {
      'it ends it': withEffect('upload aborted', failing(complete, 412)),
    },
  },
  'aborting-an-upload-twice-returns-204': {
    'AbortMultipartUpload: a second one is 204': {
      '404': refusing(
        both('AbortMultipartUpload', (_, { upload }) => upload?.state === 'aborted'),
        noSuchUpload,
      ),
    },
    'UploadPart: an aborted upload takes no part': {
      'it is accepted': accepting(failing('UploadPart', 404), 200, 'part stored'),
    },
  },
  'if-match-fails-with-409-for-an-object-newer-than-the-upload': {
    'CompleteMultipartUpload: If-Match does not overwrite what was stored since the upload began': {
      'it does, for the right entity tag': allowing(409, ofMatch),
    },
    'CompleteMultipartUpload: what was stored since the upload began is a conflict for If-Match': {
      '412, as the user guide has it': instead(409, ofMatch, 'If-Match'),
    },
    'CompleteMultipartUpload: the old entity tag is a plain 412': {
      'every write since the upload began is a conflict': instead(412, both(ofMatch, isChanged), conflict('If-Match')),
    },
    'CompleteMultipartUpload: identical bytes that were stored since are a conflict, too': {
      'only another entity tag is': allowing(409, both(ofMatch, unchanged())),
    },
    'CompleteMultipartUpload: a conflict names the key': { 'there is no Key': instead(409, ofMatch, lacking('key')) },
  },
  'a-404-leaves-the-upload-in-progress': {
    'CompleteMultipartUpload: a 404 leaves the upload in progress': {
      'it ends it': withEffect('upload aborted', failing(complete, 404)),
    },
  },
  'if-none-match-fails-with-409-when-the-object-was-deleted': {
    'CompleteMultipartUpload: If-None-Match: * is a conflict where the object was deleted since the upload began': {
      'it is completed, since the key is free': allowing(409, ofStar),
    },
    'CompleteMultipartUpload: that conflict is a 409': { '412': instead(409, ofStar, 'If-None-Match') },
  },
  'after-a-409-a-new-upload-completes': {
    'CompleteMultipartUpload: a new upload completes after a 409': {
      'the key stays in conflict': refusing(both(complete, after(failing(complete, 409))), conflict('If-Match', 'key')),
    },
  },
  'the-first-of-two-uploads-to-complete-wins': {
    'CompleteMultipartUpload: of two uploads the first to complete wins': {
      'the one that began first overwrites the other': ignoring(both(first(), complete), 'ifMatch', 'ifNoneMatch'),
    },
  },
  'a-replay-of-a-completion-bypasses-the-condition': {
    'CompleteMultipartUpload: a replay is answered as the first time': {
      'the upload is gone': refusing(both(complete, isCompleted), noSuchUpload),
    },
    'CompleteMultipartUpload: a replay bypasses the condition': {
      'it is refused for its own object': refusing(both(ofStar, isCompleted), 'If-None-Match'),
    },
  },
  'other-values-and-both-headers-fail-with-501': {
    'CompleteMultipartUpload: If-None-Match takes no entity tag': {
      'it is compared, and holds': ignoring(having(complete, 'ifNoneMatch', /^"/), 'ifNoneMatch'),
    },
    'CompleteMultipartUpload: If-Match takes no star': {
      'it stands for any object': ignoring(having(complete, 'ifMatch', /^\*$/), 'ifMatch'),
    },
    'CompleteMultipartUpload: both conditions at once are refused': {
      'If-Match alone is looked at': ignoring(both(ofMatch, ofStar), 'ifNoneMatch'),
    },
  },
  'an-upload-in-progress-does-not-affect-conditional-writes': {
    'PutObject: an upload in progress does not count': {
      'If-None-Match: * is refused while there is one': refusing(
        both(having('PutObject', 'ifNoneMatch'), after('UploadPart')),
        'If-None-Match',
      ),
    },
  },
})
