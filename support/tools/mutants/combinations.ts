import { type Mutant, mutants } from './mutant'
import { copies, ignoring, reads, withHeader } from './overrides'

// Each pair contains the header that the mutant ignores and the header that is sent with it. If-Match takes precedence
// over If-Unmodified-Since, and If-None-Match takes precedence over If-Modified-Since. If-Unmodified-Since is evaluated
// before If-None-Match.
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

export const combinations: readonly Mutant[] = pairs.flatMap(([ignored, other]) =>
  ([['read', reads, 0] as const, ['copy source', copies, 1] as const] as const).flatMap(([name, operations, n]) =>
    mutants('combinations', {
      'every-combination-of-two-or-more-conditions': {
        [`For a ${name}, the store evaluates ${ignored} even when ${other} is also sent`]: {
          [`the store ignores ${ignored}`]: ignoring(withHeader(operations, MEMBERS[other][n]), MEMBERS[ignored][n]),
        },
      },
    }),
  ),
)
