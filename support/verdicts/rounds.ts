import { canonical, worst } from '../observation'
import type { Exchange } from '../wire/record'
import type { Outcome } from './outcome'
import type { Pin, Rounds } from './verdict'

/**
 * The number of rounds that an update of the baseline runs of a race that was violated.
 * @param rounds of a run; large bodies have one
 */
export function roundsOfBaseline(rounds: number): number {
  return rounds === 1 ? 10 : 30
}

/** The accepted chance that a run fails although the store has not changed. */
const NEGLIGIBLE = 1 / 10_000

/**
 * Whether a race is violated so often that a number of further rounds would practically never all hold.
 * @param further the number of these rounds
 */
export function isSurelySeen({ rounds, violated }: Rounds, further: number): boolean {
  return (1 - violated / rounds) ** further < NEGLIGIBLE
}

/**
 * Whether a race is violated in every run: in all rounds so far. In how many rounds any other one is violated depends on the
 * load of the machine, too, so that a quiet run may see none.
 */
export function isAlwaysSeen({ rounds, violated }: Rounds): boolean {
  return violated === rounds
}

/** One round of a race, or the only round of any other test. */
export interface Round {
  readonly outcome: Extract<Outcome, { kind: 'held' | 'differed' }>
  readonly errors: readonly unknown[]
  readonly exchanges: readonly Exchange[]
}

/**
 * What the races of a behaviour do together: a store that violates some of them violates the others at times, too, however
 * many rounds have held.
 * @param pins the deviations in the baseline, by check
 * @param isOfBehaviour whether a check is of the behaviour
 */
export function pinOfRaces(
  pins: Readonly<Record<string, Pin>>,
  isOfBehaviour: (id: string) => boolean,
): Pin | undefined {
  const races = Object.entries(pins).flatMap(([id, pin]) => (pin.rounds !== undefined && isOfBehaviour(id) ? pin : []))
  const [first] = races
  return first && { ...first, verdict: 'unstable', observed: canonical(races.flatMap(({ observed }) => observed)) }
}

/** The rounds of a test so far. */
export class RoundsSoFar {
  private readonly ended: Round[] = []

  /** @param planned the number of rounds of a run */
  constructor(readonly planned: number) {}

  add(round: Round): void {
    this.ended.push(round)
  }

  get count(): Rounds {
    return { rounds: this.ended.length, violated: this.violations.length }
  }

  /**
   * Whether no further round is needed. If the baseline has an entry, one violation is enough to compare with it. Without
   * an entry all planned rounds run, so that the report has a rate. An update of the baseline runs more, for a better one.
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

  /** What all rounds together say about the store. */
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
