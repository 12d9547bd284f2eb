import type { FactId } from './catalogue'

/** Facts that a spec must assert and that no spec asserts yet. */
export const notEncodedYet: readonly FactId[] = []
