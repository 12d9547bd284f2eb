import type { FactId } from './catalogue'

/** Facts that must be asserted but that no spec asserts yet. */
export const notEncodedYet: readonly FactId[] = []
