import { type Mutant, mutants } from './mutant'
import { copies, having, ignoring, reads } from './overrides'

// The order of evaluation. If-Match hides If-Unmodified-Since, and If-None-Match hides If-Modified-Since.
const pairs = [
  ['if-match', 'if-unmodified-since'],
  ['if-none-match', 'if-modified-since'],
  ['if-unmodified-since', 'if-none-match'],
] as const

const MEMBERS = {
  'if-match': ['ifMatch', 'copySourceIfMatch'],
  'if-none-match': ['ifNoneMatch', 'copySourceIfNoneMatch'],
  'if-modified-since': ['ifModifiedSince', 'copySourceIfModifiedSince'],
  'if-unmodified-since': ['ifUnmodifiedSince', 'copySourceIfUnmodifiedSince'],
} as const

/** A condition that is not looked at if another one is sent, of a read or on the source of a copy. */
export const combinations: readonly Mutant[] = pairs.flatMap(([ignored, other]) =>
  ([['A read', reads, 0] as const, ['A copy', copies, 1] as const] as const).flatMap(([operations, which, of]) =>
    mutants('combinations', {
      'every-combination-of-two-or-more-conditions': {
        [`${operations}: ${ignored} beside ${other}`]: {
          [`${ignored} is not looked at then`]: ignoring(having(which, MEMBERS[other][of]), MEMBERS[ignored][of]),
        },
      },
    }),
  ),
)
