import type { FactId } from '../evidence/catalogue'

/**
 * Facts about several conditions at once, by which of them hold: M If-Match, N If-None-Match, S If-Modified-Since,
 * U If-Unmodified-Since; + holds, - fails, absent: not sent.
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
