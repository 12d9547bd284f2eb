import { SEVERITIES, type Severity } from '../observation'
import { behaviourOf } from './ids'
import { type CheckResult, meaningOf, type Result } from './result-file'
import { VERDICTS, type Verdict } from './verdict'

/** The possible statuses of a behaviour. A status combines the verdicts of all checks of the behaviour. */
const BEHAVIOUR_STATUSES = ['holds', 'partly', 'deviates', 'unsupported', 'unknown'] as const
export type BehaviourStatus = (typeof BEHAVIOUR_STATUSES)[number]

export interface Summary {
  readonly checks: number
  readonly behaviours: Readonly<Record<BehaviourStatus | 'all', number>>
  readonly verdicts: Readonly<Record<Verdict, number>>
  /** The number of deviations of each severity, excluding unstable checks. */
  readonly severities: Readonly<Record<Severity, number>>
  /** The number of unstable checks, and how many of them deviated in this run. */
  readonly unstable: { readonly all: number; readonly violated: number }
  /** The causes of deviations, most frequent first. */
  readonly causes: readonly {
    readonly id: string
    readonly checks: number
    readonly why: string
    readonly link?: string
  }[]
}

export function summaryOf({ checks, causes }: Pick<Result, 'checks' | 'causes'>): Summary {
  const all = Object.values(checks)
  const statuses = [...groupBy(Object.entries(checks), ([id]) => behaviourOf(id)).values()].map((some) =>
    behaviourStatus(some.map(([, check]) => check)),
  )
  const unstable = all.filter(({ verdict }) => verdict === 'unstable')
  const differing = all.filter(({ verdict }) => meaningOf(verdict) === 'differs' && verdict !== 'unstable')
  const caused = groupBy([...differing, ...unstable], ({ cause }) => cause ?? '')
  return {
    checks: all.length,
    behaviours: { all: statuses.length, ...counted(BEHAVIOUR_STATUSES, statuses) },
    verdicts: counted(
      VERDICTS,
      all.map(({ verdict }) => verdict),
    ),
    severities: counted(
      SEVERITIES,
      differing.flatMap(({ severity }) => severity ?? []),
    ),
    unstable: { all: unstable.length, violated: unstable.filter(({ violated = 0 }) => violated > 0).length },
    causes: [...caused]
      .filter(([id]) => id !== '')
      .map(([id, some]) => ({ id, checks: some.length, ...(causes[id] ?? { why: '' }) }))
      .sort((a, b) => b.checks - a.checks || (a.id < b.id ? -1 : 1)),
  }
}

/** Derives the status of a behaviour. A behaviour holds if at least one of its checks holds and none deviates. */
export function behaviourStatus(checks: readonly Pick<CheckResult, 'verdict'>[]): BehaviourStatus {
  const meanings = new Set(checks.map(({ verdict }) => meaningOf(verdict)))
  if (meanings.has('differs')) return meanings.has('holds') ? 'partly' : 'deviates'
  if (meanings.has('holds')) return 'holds'
  return meanings.has('nothing') || checks.length === 0 ? 'unknown' : 'unsupported'
}

/** Groups items by a key, in the order in which the keys first occur. `Map.groupBy` would need Node 21. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

function counted<T extends string>(names: readonly T[], items: readonly T[]): Record<T, number> {
  return Object.fromEntries(names.map((name) => [name, items.filter((item) => item === name).length])) as Record<
    T,
    number
  >
}
