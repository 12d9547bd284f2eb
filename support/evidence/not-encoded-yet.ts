import type { FactId } from './catalogue'
/** Facts that could be asserted and that no spec asserts yet. It gets shorter with every spec, and longer only with new facts. */
// biome-ignore format: a line for each room of the house
export const notEncodedYet: readonly FactId[] = [
  'R58', 'R64',
  'C35',
  'D18',
  'P22', 'P25', 'P26', 'P35',
  'X01', 'X02', 'X04', 'X05', 'X06', 'X07', 'X08', 'X09', 'X10', 'X11', 'X12', 'X13', 'X14', 'X15',
  'X18', 'X19', 'X20', 'X21', 'X22', 'X29', 'X30', 'X31', 'X32',
  'S05', 'S06', 'S07', 'S08', 'S09', 'S10', 'S11', 'S12', 'S14', 'S19', 'S20', 'S21', 'S24', 'S30',
  'S33', 'S34', 'S35', 'S36', 'S37', 'S38', 'S39',
]
