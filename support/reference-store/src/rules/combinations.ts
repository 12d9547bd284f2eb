import type { FactId } from './types.ts'

/**
 * The facts about combinations of conditions, keyed by strings such as `N-S+`. M stands for If-Match, N for
 * If-None-Match, S for If-Modified-Since, and U for If-Unmodified-Since. A + means that the condition holds, and a -
 * means that it does not. If a letter is missing, its condition was not sent.
 */
export type Combinations = Readonly<Record<string, readonly FactId[]>>

export const READS_TOGETHER: Combinations = {
  'M-N-S-U-': ['R24'],
  'N-S-U-': ['R25'],
  'N-S-': ['R26'],
  'M+N+S+U+': ['R27'],
  'M+U-': ['R28'],
  'N-S+': ['R29'],
  'M+U+': ['R30'],
  'M-U+': ['R31'],
  'M-U-': ['R31'],
  'M+S+': ['R32'],
  'M-S+': ['R33'],
  'M+S-': ['R34'],
  'M+N-': ['R35'],
  'N+U+': ['R36'],
  'N+U-': ['R37'],
  'N-U+': ['R38'],
  'N-U-': ['R39'],
  'N+S+': ['R40'],
  'N+S-': ['R41'],
  'S-U-': ['R42'],
  'S+U+': ['R43'],
}

export const COPIES_TOGETHER: Combinations = {
  'M-N-S-U-': ['C12'],
  'N-S-U-': ['C13'],
  'N-S-': ['C14'],
  'M+U-': ['C15'],
  'N-S+': ['C16'],
  'M+N+S+U+': ['C17'],
  'M+S-': ['C34'],
  'N+S-': ['C34'],
}

export const PART_COPIES_TOGETHER: Combinations = {
  'M+U-': ['C29'],
  'N+U-': ['C30'],
}

/**
 * Returns the facts about a combination of conditions. If there are none, returns the facts about those subsets of its
 * conditions that are relevant to the outcome.
 * @param marks a combination, in the notation of the keys of `Combinations`
 */
export function factsTogether(marks: string, combinations: Combinations): readonly FactId[] {
  const exact = combinations[marks]
  if (exact) return exact
  const parts: readonly string[] = marks.match(/../g) ?? []
  const inside = Object.keys(combinations).filter((other) => {
    const some: readonly string[] = other.match(/../g) ?? []
    const has = (name: string) => some.some((part) => part.startsWith(name))
    if (!some.every((part) => parts.includes(part))) return false
    // If-Match overrides If-Unmodified-Since. Without If-Match, If-Unmodified-Since is evaluated first. If-None-Match
    // overrides If-Modified-Since.
    if (marks.includes('M') ? !has('M') : marks.includes('U-') && !has('U')) return false
    return !(has('S') && marks.includes('S-') && marks.includes('N') && !has('N'))
  })
  return inside.flatMap((other) => combinations[other] ?? [])
}
