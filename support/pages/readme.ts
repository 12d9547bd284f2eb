import type { Catalogue, Recorded } from '../catalogue/catalogue'
import { SIGNS } from '../results/closing'
import { SETTINGS } from '../targets/settings'
import { between, table } from './markdown'

/** The README with its tables made anew. */
export function readme(text: string, { stores }: Catalogue): string {
  return between(between(text, 'settings', settings()), 'stores', storesTable(stores))
}

function settings(): string {
  return table(
    ['variable', 'values', 'meaning', 'without it'],
    SETTINGS.map(({ name, values, meaning, otherwise }) => [`\`${name}\``, values, meaning, otherwise]),
  )
}

/** How every store did: behaviours first, then checks and how much the deviations matter. */
export function storesTable(stores: readonly Recorded[]): string {
  const levels = Object.entries(SIGNS).map(([level, sign]) => `${sign} ${level}`)
  return table(
    [
      'store',
      'behaviours that hold',
      'partly',
      'deviate',
      'checks that hold',
      'deviate',
      ...levels,
      'causes',
      'not applicable',
      'recorded',
    ],
    stores.map(({ title, result, summary: { behaviours, verdicts, levels, causes } }) => [
      title,
      behaviours.holds,
      behaviours.partly,
      behaviours.deviates,
      verdicts.holds,
      verdicts['known deviation'] + verdicts['contradicts the reference'],
      // What is not rated could be anything.
      ...[levels.data, levels.answer, levels.detail].map((count) => (levels.unrated > 0 ? '' : count)),
      causes.length,
      verdicts['not applicable'],
      result.date,
    ]),
  )
}
