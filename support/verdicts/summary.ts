import { SEVERITIES, type Severity } from '../observation'
import { behaviourOf } from './ids'
import { type CheckResult, type Result, says } from './result-file'
import { VERDICTS, type Verdict } from './verdict'

/** How all the checks of a behaviour came out together. */
export const STANDINGS = ['holds', 'partly', 'deviates', 'unsupported', 'not known'] as const
export type Standing = (typeof STANDINGS)[number]

/** A result, counted. */
export interface Summary {
  readonly checks: number
  readonly behaviours: Readonly<Record<Standing | 'all', number>>
  readonly verdicts: Readonly<Record<Verdict, number>>
  /** Of all that differ, without the unstable ones. */
  readonly severities: Readonly<Record<Severity, number>>
  /** The unstable checks: all, and those that violated in this run. */
  readonly unstable: { readonly all: number; readonly violated: number }
  /** Most frequent first; of deviations that have one. */
  readonly causes: readonly {
    readonly id: string
    readonly checks: number
    readonly why: string
    readonly link?: string
  }[]
}

export function summaryOf({ checks, causes }: Pick<Result, 'checks' | 'causes'>): Summary {
  const all = Object.values(checks)
  const standings = [...groupBy(Object.entries(checks), ([id]) => behaviourOf(id)).values()].map((some) =>
    standingOf(some.map(([, check]) => check)),
  )
  const unstable = all.filter(({ verdict }) => verdict === 'unstable')
  const differing = all.filter(({ verdict }) => says(verdict) === 'differs' && verdict !== 'unstable')
  const caused = groupBy([...differing, ...unstable], ({ cause }) => cause ?? '')
  return {
    checks: all.length,
    behaviours: { all: standings.length, ...counted(STANDINGS, standings) },
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

/** A behaviour holds when all of its checks hold that say something. */
export function standingOf(checks: readonly Pick<CheckResult, 'verdict'>[]): Standing {
  const said = new Set(checks.map(({ verdict }) => says(verdict)))
  if (said.has('differs')) return said.has('holds') ? 'partly' : 'deviates'
  if (said.has('holds')) return 'holds'
  return said.has('nothing') || checks.length === 0 ? 'not known' : 'unsupported'
}

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
