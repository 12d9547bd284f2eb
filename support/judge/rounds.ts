import type { Exchange } from '../exchange/record'
import { canonical, worst } from '../observation'
import type { Outcome } from './outcome'
import type { Pin, Rounds } from './verdict'

/** In how many rounds a baseline sees a race that was violated, by the rounds of a run: large bodies have one of these. */
export function roundsOfBaseline(rounds: number): number {
  return rounds === 1 ? 10 : 30
}

/** A chance that a run may be red by, although the store has not changed. */
const NEGLIGIBLE = 1 / 10_000

/** Whether so many further rounds would hardly ever hold, all of them, on a store that violates a race this often. */
export function isSurelySeen({ rounds, violated }: Rounds, further: number): boolean {
  return (1 - violated / rounds) ** further < NEGLIGIBLE
}

/** How one round of a race ended, or the one round of any other test. */
export interface Round {
  readonly outcome: Extract<Outcome, { kind: 'held' | 'differed' }>
  readonly errors: readonly unknown[]
  readonly exchanges: readonly Exchange[]
}

/** The rounds of a test, up to now. */
export class RoundsSoFar {
  private readonly ended: Round[] = []

  /** @param planned in a run, as the spec says */
  constructor(readonly planned: number) {}

  add(round: Round): void {
    this.ended.push(round)
  }

  get count(): Rounds {
    return { rounds: this.ended.length, violated: this.violations.length }
  }

  /**
   * Whether no further round says any more. A run goes by the baseline's entry: one violation is enough to compare.
   * Without an entry the rounds are counted, for people; and a new baseline wants to know how often it happens.
   */
  isOver(pin: Pin | undefined, isUpdating: boolean): boolean {
    const { rounds, violated } = this.count
    if (!isUpdating) return rounds >= this.planned || (violated > 0 && pin !== undefined)
    const isQuiet = violated === 0 && pin === undefined
    return rounds >= (isQuiet ? this.planned : roundsOfBaseline(this.planned))
  }

  /** The round that is shown: the first violation, else the last one. */
  get shown(): Round | undefined {
    return this.violations[0] ?? this.ended.at(-1)
  }

  /** What all rounds together say of the store. */
  get outcome(): Round['outcome'] {
    const differing = this.ended.flatMap(({ outcome }) => (outcome.kind === 'differed' ? [outcome] : []))
    const [first] = differing
    if (!first) return { kind: 'held' }
    return {
      ...first,
      observed: canonical(differing.flatMap(({ observed }) => observed)),
      severity: worst(differing.map(({ severity }) => severity)),
    }
  }

  private get violations(): Round[] {
    return this.ended.filter(({ outcome }) => outcome.kind === 'differed')
  }
}
