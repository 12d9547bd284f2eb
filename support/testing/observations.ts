import type { Observation } from '../observation'

type Examples = { readonly [Kind in Observation['kind']]: readonly (Observation & { readonly kind: Kind })[] }

/** Examples of every kind of observation. The type ensures that no kind is missing. */
const EXAMPLES: Examples = {
  response: [
    { kind: 'response', operation: 'PutObject' },
    { kind: 'response', operation: 'PutObject', status: 200 },
    { kind: 'response', operation: 'PutObject', status: 412, code: 'PreconditionFailed', condition: 'If-Match' },
    { kind: 'response', operation: 'PutObject', status: 501, code: 'NotImplemented', header: 'If-Match' },
    { kind: 'response', operation: 'CopyObject', status: 200, code: 'InternalError', body: 'error in success' },
    { kind: 'response', operation: 'GetObject', status: 412, body: 'not XML' },
    { kind: 'response', operation: 'GetObject', status: 200, body: 'unreadable by the SDK' },
  ],
  loser: [{ kind: 'loser', operation: 'PutObject', status: 403, code: 'AccessDenied' }],
  look: [{ kind: 'look', operation: 'GetObject', status: 500 }],
  connection: [{ kind: 'connection', error: 'ECONNRESET' }],
  race: [
    { kind: 'race', winners: 'none' },
    { kind: 'race', winners: 'several' },
  ],
  element: [{ kind: 'element', operation: 'PutObject', name: 'Message', is: 'other' }],
  header: [{ kind: 'header', operation: 'GetObject', name: 'etag', is: 'unexpected' }],
  member: [
    { kind: 'member', operation: 'GetObject', name: 'ETag', is: 'missing' },
    { kind: 'member', operation: 'GetObject', name: 'VersionId', is: 'same' },
  ],
  entry: [
    { kind: 'entry', is: 'deleted' },
    { kind: 'entry', is: 'failed', code: 'NoSuchKey' },
    { kind: 'entry', is: 'other', name: 'Message' },
  ],
  etag: [{ kind: 'etag', is: 'unquoted' }],
  checksum: [{ kind: 'checksum', is: 'other' }],
  object: [
    { kind: 'object', holds: 'bytes of a failed writer' },
    { kind: 'object', changed: 'last-modified' },
  ],
  versions: [
    { kind: 'versions', versions: 1, deleteMarkers: 2 },
    { kind: 'versions', changed: 'ids' },
    { kind: 'versions', gained: 'several' },
  ],
  parts: [
    { kind: 'parts', parts: [1, 2] },
    { kind: 'parts', parts: 'upload is gone' },
  ],
  outcome: [{ kind: 'outcome', is: 'other' }],
  assertion: [{ kind: 'assertion', matcher: 'toBe', nth: 2 }],
}

export const examples: readonly Observation[] = Object.values(EXAMPLES).flat()
