import type { FactId } from './catalogue'
/** Facts that could be asserted and that no spec asserts yet. It gets shorter with every spec, and longer only with new facts. */
// biome-ignore format: a line for each room of the house
export const notEncodedYet: readonly FactId[] = [
]
