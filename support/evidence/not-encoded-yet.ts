import type { FactId } from './catalogue'

/** Facts that could be asserted and that no spec asserts yet. It gets shorter with every spec, and longer only with new facts. */
export const notEncodedYet: readonly FactId[] = []
