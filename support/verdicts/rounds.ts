import { canonical, worst } from '../observation'
import type { Exchange } from '../wire/record'
import { behaviourOf } from './ids'
import type { Outcome } from './outcome'
import type { BaselineEntry, Rounds } from './verdict'

/**
 * Returns how many rounds of a race to run in a baseline update if violations occur. A race that normally has a single
 * round gets fewer rounds than other races, because its rounds take longer.
 */
export function baselineRounds(rounds: number): number {
  return rounds === 1 ? 10 : 30
}

/** The highest acceptable probability that a run fails even though the store has not changed. */
const NEGLIGIBLE = 1 / 10_000

/** Whether violations in a race are so frequent that `further` more rounds would almost certainly include one. */
export function isReliablyViolated({ rounds, violated }: Rounds, further: number): boolean {
  return (1 - violated / rounds) ** further < NEGLIGIBLE
}

/** A round of a race, or the only round of any other test. */
export interface Round {
  readonly outcome: Extract<Outcome, { kind: 'held' | 'differed' }>
  readonly errors: readonly unknown[]
  readonly exchanges: readonly Exchange[]
}

/**
 * Combines the baseline entries for all of a behaviour's races. A store with violations in one race may also have
 * violations in the behaviour's other races, even if all their rounds have held so far.
 * @param entries the deviations in the baseline, by check id
 */
export function entryOfRaces(
  entries: Readonly<Record<string, BaselineEntry>>,
  behaviour: string,
): BaselineEntry | undefined {
  const races = Object.entries(entries).flatMap(([id, entry]) =>
    entry.rounds !== undefined && behaviourOf(id) === behaviour ? entry : [],
  )
  const [first] = races
  return first && { ...first, verdict: 'unstable', observed: canonical(races.flatMap(({ observed }) => observed)) }
}

export class CompletedRounds {
  private readonly completed: Round[] = []

  /** @param planned the number of rounds in a run that does not update the baseline */
  constructor(readonly planned: number) {}

  add(round: Round): void {
    this.completed.push(round)
  }

  get count(): Rounds {
    return { rounds: this.completed.length, violated: this.violations.length }
  }

  /**
   * Whether enough rounds have run. If the baseline has an entry, a single violation is enough to compare the race with
   * the entry. Without an entry, all planned rounds run, so that the report can show a violation rate. While the
   * baseline is being updated, races with violations run more rounds, so that the rate is more accurate.
   */
  isOver(entry: BaselineEntry | undefined, isUpdating: boolean): boolean {
    const { rounds, violated } = this.count
    if (!isUpdating) return rounds >= this.planned || (violated > 0 && entry !== undefined)
    const hasAlwaysHeld = violated === 0 && entry === undefined
    return rounds >= (hasAlwaysHeld ? this.planned : baselineRounds(this.planned))
  }

  /** The round to show in a report: the first round with a violation or, if all rounds held, the last round. */
  get shown(): Round | undefined {
    return this.violations[0] ?? this.completed.at(-1)
  }

  /** The combined outcome of all rounds. */
  get outcome(): Round['outcome'] {
    const differing = this.completed.flatMap(({ outcome }) => (outcome.kind === 'differed' ? [outcome] : []))
    const [first] = differing
    if (!first) return { kind: 'held' }
    return {
      ...first,
      observed: canonical(differing.flatMap(({ observed }) => observed)),
      severity: worst(differing.map(({ severity }) => severity)),
    }
  }

  private get violations(): Round[] {
    return this.completed.filter(({ outcome }) => outcome.kind === 'differed')
  }
}
