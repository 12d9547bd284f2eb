import { CLASSES, factIds, factOf } from '../../evidence/catalogue'
import { questions } from '../../evidence/open-questions'
import type { Catalogue, Strength } from '../catalogue'
import { page } from './markdown'

/** Generates the page that lists the open questions, and the facts whose evidence is `open` or `claimed`. */
export function openQuestionsPage({ behaviours }: Catalogue): string {
  const asserted = new Set(behaviours.flatMap(({ checks }) => checks.flatMap((check) => check.facts)))
  const sections = Object.entries(questions).map(([id, { asks, known, state, handling, facts: about }]) =>
    [`## ${id}: ${asks}`, `*${state}*; facts ${about.join(', ')}`, known, `**What the suite does:** ${handling}`].join(
      '\n\n',
    ),
  )
  const list = (strength: Strength, isAsserted: boolean) =>
    factIds
      .filter((id) => factOf(id).class === strength && asserted.has(id) === isAsserted)
      .map((id) => `- ${id}: ${factOf(id).says}${factOf(id).note ? ` *${factOf(id).note}*` : ''}`)
      .join('\n')
  return page(
    '# Open questions',
    'Questions on which the sources disagree, or that no source answers. Made by `npm run docs` from `support/evidence`.',
    ...sections,
    '## Facts that state what is unknown and that no spec asserts',
    list('open', false),
    `## Claimed facts (${CLASSES.claimed}) that a spec asserts`,
    list('claimed', true),
    `## Claimed facts (${CLASSES.claimed}) that no spec asserts yet`,
    list('claimed', false),
  )
}
