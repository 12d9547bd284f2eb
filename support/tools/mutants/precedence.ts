import { isCopy, isPartCopy, isRead } from './changing-lies'
import { having, ignoring, type Meant } from './lies'
import type { Mutant } from './mutant'

const isAnyCopy: Meant = (passing) => isCopy(passing) || isPartCopy(passing)

/** A condition that is not looked at where another one is sent. */
const beside = (operations: string, meant: Meant, prefix: string, ignored: string, other: string): Mutant => ({
  name: `${operations}: ${ignored} beside ${other}`,
  breaks: `${ignored} is not looked at then`,
  specs: ['specs/precedence'],
  lie: ignoring(having(meant, prefix + other, /./), prefix + ignored),
})

// What comes first, and what shields from what: If-Match from If-Unmodified-Since, If-None-Match from If-Modified-Since.
const pairs = [
  ['if-match', 'if-unmodified-since'],
  ['if-none-match', 'if-modified-since'],
  ['if-unmodified-since', 'if-none-match'],
] as const

export const precedence: readonly Mutant[] = pairs.flatMap(([ignored, other]) => [
  beside('A read', isRead, '', ignored, other),
  beside('A copy', isAnyCopy, 'x-amz-copy-source-', ignored, other),
])
