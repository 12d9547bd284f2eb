import { CLASSES, factIds, facts } from '../../evidence/catalogue'
import { SETTINGS } from '../../targets/settings'
import type { Catalogue, RecordedStore } from '../catalogue'
import { SIGNS } from '../closing'
import { between, table } from './markdown'

/** Updates the generated parts of the README. */
export function readme(text: string, { stores }: Catalogue): string {
  const folder = '[`support/evidence`](support/evidence)'
  const facts = `${folder} contains ${factIds.length} facts, each with its source, its date and the strength of its evidence: ${strengths()}.`
  return between(between(between(text, 'settings', settings()), 'stores', storesTable(stores)), 'facts', facts)
}

/** Lists the classes of evidence, each with its meaning and the number of facts in that class. */
function strengths(): string {
  return Object.entries(CLASSES)
    .map(([strength, meaning]) => {
      const count = factIds.filter((id) => facts[id].class === strength).length
      return `${count} _${strength}_ (${meaning})`
    })
    .join(', ')
}

function settings(): string {
  return table(
    ['variable', 'values', 'meaning', 'if unset'],
    SETTINGS.map(({ name, values, meaning, otherwise }) => [`\`${name}\``, values, meaning, otherwise]),
  )
}

/** Generates the table of stores, with the numbers of behaviours, checks, and deviations of each severity. */
export function storesTable(stores: readonly RecordedStore[]): string {
  const signs = Object.entries(SIGNS).map(([severity, sign]) => `${sign} ${severity}`)
  return table(
    [
      'store',
      'behaviours that hold',
      'partly',
      'deviate',
      'checks that hold',
      'deviate',
      ...signs,
      'unstable',
      'causes',
      'unsupported',
      'recorded',
    ],
    stores.map(({ title, result, summary: { behaviours, verdicts, severities, unstable, causes } }) => [
      title,
      behaviours.holds,
      behaviours.partly,
      behaviours.deviates,
      verdicts.holds,
      verdicts['known deviation'] + verdicts['contradicts the reference'],
      severities.data,
      severities.status,
      severities.detail,
      unstable.all,
      causes.length,
      verdicts.unsupported,
      result.date,
    ]),
  )
}
