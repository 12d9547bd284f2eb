import type { Lie, Passing } from '../../proxy/liar'
import {
  after,
  anotherETag,
  behind,
  both,
  error,
  forgetting,
  having,
  ignoring,
  insteadOf,
  isAbort,
  isComplete,
  isPart,
  isPut,
  keyIn,
  type Meant,
  refused,
  refusing,
  sent,
  uploadIn,
} from './lies'
import type { Mutant } from './mutant'

const room = 'specs/complete-multipart-upload'
const hasMatch = having(isComplete, 'if-match', /./)
const hasStar = having(isComplete, 'if-none-match', /^\*$/)
const hasBoth: Meant = (passing) => hasMatch(passing) && hasStar(passing)
const isDelete: Meant = ({ method, path }) => method === 'DELETE' && path.includes('x-id=DeleteObject')
const conflict = (Condition: string, Key = '') =>
  error(409, 'ConditionalRequestConflict', {
    Message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
    Condition,
    ...(Key && { Key }),
  })

/** A lie about keys to which something was done since an upload to them began. */
function since(change: Meant, lie: (was: Meant) => Lie): Lie {
  return after(isPart, (isUploading) => after((passing) => change(passing) && isUploading(passing), lie))
}

/** Does not look at If-Match of completions that have to do with what was done before. */
const unlooked = (was: Meant) => ignoring((passing) => isComplete(passing) && was(passing), 'if-match')
/** Key and content of a PutObject. */
const bytesIn = (passing: Passing) => `${keyIn(passing)} ${sent(passing, 'x-amz-checksum-crc32')}`

/** Does not look at the conditions of the upload to a key that began first. */
function favouringTheFirst(): Lie {
  const first = new Map<string, string>()
  const isFirst = (passing: Passing) => first.get(keyIn(passing)) === uploadIn(passing)
  const watch: Lie = {
    request(passing) {
      if (isPart(passing) && !first.has(keyIn(passing))) first.set(keyIn(passing), uploadIn(passing))
      return undefined
    },
  }
  return both(
    watch,
    ignoring((passing) => isComplete(passing) && isFirst(passing), 'if-match', 'if-none-match'),
  )
}

/** Refuses every further completion of a key that had a conflict once. */
function stayingInConflict(): Lie {
  const keys = new Set<string>()
  return {
    request: (passing) => (isComplete(passing) && keys.has(keyIn(passing)) ? conflict('If-Match', 'key') : undefined),
    answer: (passing, status) => void (isComplete(passing) && status === 409 && keys.add(keyIn(passing))),
  }
}

export const completeMultipartUpload: readonly Mutant[] = [
  {
    name: 'CompleteMultipartUpload: If-None-Match: * refuses an object that is there',
    breaks: 'the header is not looked at',
    specs: [`${room}/if-none-match-star-never`],
    lie: ignoring(isComplete, 'if-none-match'),
  },
  {
    name: 'CompleteMultipartUpload: a failed If-None-Match is a refusal',
    breaks: 'it stands inside a 200',
    specs: [`${room}/if-none-match-star-never`],
    lie: insteadOf(412, hasStar, error(200, 'PreconditionFailed', { Condition: 'If-None-Match' })),
  },
  {
    name: 'CompleteMultipartUpload: an object stored since the upload began is in the way of If-None-Match: *',
    breaks: 'only what was there before counts',
    specs: [`${room}/if-none-match-star-never`],
    lie: since(isPut, (was) => ignoring((passing) => isComplete(passing) && was(passing), 'if-none-match')),
  },
  {
    name: 'CompleteMultipartUpload: If-Match refuses another entity tag',
    breaks: 'the header is not looked at',
    specs: [`${room}/if-match-overwrites`],
    lie: ignoring(isComplete, 'if-match'),
  },
  {
    name: 'CompleteMultipartUpload: If-Match leaves another object as it is',
    breaks: 'it is overwritten behind the 412',
    specs: [`${room}/if-match-overwrites`],
    lie: behind(having(isComplete, 'if-match', new RegExp(anotherETag)), refused('If-Match')),
  },
  {
    name: 'CompleteMultipartUpload: a 412 names the condition',
    breaks: 'there is no Condition',
    specs: [`${room}/if-match-overwrites`],
    lie: insteadOf(412, hasMatch, error(412, 'PreconditionFailed')),
  },
  {
    name: 'CompleteMultipartUpload: If-Match takes the entity tag of an object made in parts',
    breaks: 'one that ends in a number matches nothing',
    specs: [`${room}/if-match-overwrites`],
    lie: refusing(having(isComplete, 'if-match', /-\d+"$/), refused('If-Match')),
  },
  {
    name: 'CompleteMultipartUpload: If-Match is 404 on a key without an object',
    breaks: '412, as RFC 9110 has it',
    specs: [`${room}/if-match-is-404`],
    lie: insteadOf(404, hasMatch, refused('If-Match')),
  },
  {
    name: 'CompleteMultipartUpload: If-Match does not bring a deleted object back',
    breaks: 'it is not looked at where the object was deleted',
    specs: [`${room}/if-match-is-404`],
    lie: since(isDelete, unlooked),
  },
  {
    name: 'CompleteMultipartUpload: a 412 leaves the upload in progress',
    breaks: 'it ends it',
    specs: [`${room}/a-412-leaves`],
    lie: forgetting(isComplete, (status) => status === 412),
  },
  {
    name: 'AbortMultipartUpload: a second one is 204',
    breaks: '404',
    specs: [`${room}/an-upload-that-is-aborted`],
    lie: forgetting(isAbort, (status) => status === 204),
  },
  {
    name: 'UploadPart: an aborted upload takes no part',
    breaks: 'it is accepted',
    specs: [`${room}/an-upload-that-is-aborted`],
    lie: insteadOf(404, isPart, { status: 200 }),
  },
  {
    name: 'CompleteMultipartUpload: If-Match does not overwrite what was stored since the upload began',
    breaks: 'it does, for the right entity tag',
    specs: [`${room}/if-match-is-409`],
    lie: since(isPut, unlooked),
  },
  {
    name: 'CompleteMultipartUpload: what was stored since the upload began is a conflict for If-Match',
    breaks: '412, as the user guide has it',
    specs: [`${room}/if-match-is-409`],
    lie: insteadOf(409, hasMatch, refused('If-Match')),
  },
  {
    name: 'CompleteMultipartUpload: the old entity tag is a plain 412',
    breaks: 'every write since the upload began is a conflict',
    specs: [`${room}/if-match-is-409`],
    lie: since(isPut, (was) => insteadOf(412, (passing) => hasMatch(passing) && was(passing), conflict('If-Match'))),
  },
  {
    name: 'CompleteMultipartUpload: identical bytes that were stored since are a conflict, too',
    breaks: 'only another entity tag is',
    specs: [`${room}/if-match-is-409`],
    lie: after(isPut, (same) => since((passing) => isPut(passing) && same(passing), unlooked), bytesIn),
  },
  {
    name: 'CompleteMultipartUpload: a conflict names the key',
    breaks: 'there is no Key',
    specs: [`${room}/if-match-is-409`],
    lie: insteadOf(409, hasMatch, conflict('If-Match')),
  },
  {
    name: 'CompleteMultipartUpload: a 404 leaves the upload in progress',
    breaks: 'it ends it',
    specs: [`${room}/a-404-leaves`],
    lie: forgetting(isComplete, (status) => status === 404),
  },
  {
    name: 'CompleteMultipartUpload: If-None-Match: * is a conflict where the object was deleted since the upload began',
    breaks: 'it is completed, since the key is free',
    specs: [`${room}/if-none-match-star-is-409`],
    lie: since(isDelete, (was) => ignoring((passing) => isComplete(passing) && was(passing), 'if-none-match')),
  },
  {
    name: 'CompleteMultipartUpload: that conflict is a 409',
    breaks: '412',
    specs: [`${room}/if-none-match-star-is-409`],
    lie: insteadOf(409, hasStar, refused('If-None-Match')),
  },
  {
    name: 'CompleteMultipartUpload: a new upload completes after a 409',
    breaks: 'the key stays in conflict',
    specs: [`${room}/after-a-409`],
    lie: stayingInConflict(),
  },
  {
    name: 'CompleteMultipartUpload: of two uploads the first to complete wins',
    breaks: 'the one that began first overwrites the other',
    specs: [`${room}/of-two-uploads`],
    lie: favouringTheFirst(),
  },
  {
    name: 'CompleteMultipartUpload: a replay is answered as the first time',
    breaks: 'the upload is gone',
    specs: [`${room}/a-replay`],
    lie: forgetting(isComplete, (status) => status === 200),
  },
  {
    name: 'CompleteMultipartUpload: a replay bypasses the condition',
    breaks: 'it is refused for its own object',
    specs: [`${room}/a-replay`],
    lie: after(
      isComplete,
      (was) => refusing((passing) => hasStar(passing) && was(passing), refused('If-None-Match')),
      uploadIn,
    ),
  },
  {
    name: 'CompleteMultipartUpload: If-None-Match takes no entity tag',
    breaks: 'it is compared, and holds',
    specs: [`${room}/other-values`],
    lie: ignoring(having(isComplete, 'if-none-match', /^"/), 'if-none-match'),
  },
  {
    name: 'CompleteMultipartUpload: If-Match takes no star',
    breaks: 'it stands for any object',
    specs: [`${room}/other-values`],
    lie: ignoring(having(isComplete, 'if-match', /^\*$/), 'if-match'),
  },
  {
    name: 'CompleteMultipartUpload: both conditions at once are refused',
    breaks: 'If-Match alone is looked at',
    specs: [`${room}/other-values`],
    lie: ignoring(hasBoth, 'if-none-match'),
  },
  {
    name: 'PutObject: an upload in progress does not count',
    breaks: 'If-None-Match: * is refused while there is one',
    specs: [`${room}/an-upload-in-progress`],
    lie: after(isPart, (was) =>
      refusing(
        (passing) => isPut(passing) && sent(passing, 'if-none-match') !== '' && was(passing),
        refused('If-None-Match'),
      ),
    ),
  },
]
