import { CLASSES, factIds, factOf } from '../../evidence/catalogue'
import { questions } from '../../evidence/open-questions'
import type { Catalogue } from '../catalogue'
import { page } from './markdown'

/** The page with the open questions, and the facts that are open or only claimed. */
export function openQuestionsPage({ behaviours }: Catalogue): string {
  const asserted = new Set(behaviours.flatMap(({ checks }) => checks.flatMap((check) => check.facts)))
  const sections = Object.entries(questions).map(([id, { asks, known, state, handling, facts: about }]) =>
    [`## ${id}: ${asks}`, `*${state}*; facts ${about.join(', ')}`, known, `**What the suite does:** ${handling}`].join(
      '\n\n',
    ),
  )
  const list = (strength: keyof typeof CLASSES, isAsserted: boolean) =>
    factIds
      .filter((id) => factOf(id).class === strength && asserted.has(id) === isAsserted)
      .map((id) => `- ${id}: ${factOf(id).says}${factOf(id).note ? ` *${factOf(id).note}*` : ''}`)
      .join('\n')
  return page(
    '# Open questions',
    'Questions on which sources disagree, or for which no response from Amazon S3 is known. Made by `npm run docs` from `support/evidence`.',
    ...sections,
    '## Facts that are open, and asserted nowhere',
    list('open', false),
    `## Facts that ${CLASSES.claimed}; asserted as such`,
    list('claimed', true),
    `## Facts that ${CLASSES.claimed}; not asserted yet`,
    list('claimed', false),
  )
}
