import { CLASSES } from '../../evidence/catalogue'
import { type CheckResult, says } from '../../verdicts/result-file'
import type { Behaviour, Catalogue, CheckOnStores, Recorded } from '../catalogue'
import { SIGNS } from '../closing'
import { page, table } from './markdown'

/** A race that the store violates in some rounds only. */
const UNSTABLE = '±'

/** Every check, what it rests on, and on which stores it was seen to hold. */
export function checksPage({ stores, folders, behaviours }: Catalogue): string {
  const checks = behaviours.flatMap((behaviour) => behaviour.checks)
  const nowhere = checks.filter(({ results }) => !results.some((result) => result?.verdict === 'holds'))
  const signs = Object.entries(SIGNS).map(([severity, sign]) => `${sign} deviates: ${severity}`)
  const strengths = (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).filter((strength) => strength !== 'open')
  return page(
    '# The checks, and which of them was seen to hold where',
    'Made by `npm run docs` from the specs, the facts and the results in `support/stores`.',
    '## By folder',
    table(
      ['folder', 'behaviours', 'checks', 'facts', ...strengths],
      folders.map(({ name, behaviours, checks, facts, strengths: counts }) => {
        return [name, behaviours, checks, facts, ...strengths.map((strength) => counts[strength])]
      }),
    ),
    '## Seen to hold nowhere',
    nowhere.length === 0
      ? `None: each of the ${checks.length} checks was seen to hold on at least one of these stores.`
      : `Of ${checks.length} checks ${nowhere.length} were seen to hold on none of these stores; their evidence is all they have:`,
    ...(nowhere.length === 0 ? [] : [nowhere.map((check) => `- ${check.id} (${evidenceOf(check)})`).join('\n')]),
    '## Known deviations by cause',
    ...stores
      .filter(({ summary }) => summary.causes.length > 0)
      .map((store) => `### ${store.title}\n\n${causes(store)}`),
    '## Every check',
    [
      ['✓ holds', ...signs, `${UNSTABLE} unstable: a race that is violated in so many rounds`].join(', '),
      ', – unsupported. A deviation has its cause beside it. ',
      'A fact that only another implementer claims is shown as *claimed*.',
    ].join(''),
    ...behaviours.map((behaviour) => section(behaviour, stores)),
  )
}

function section({ path, checks }: Behaviour, stores: readonly Recorded[]): string {
  const rows = checks.map((check) => [
    check.title,
    evidenceOf(check),
    ...stores.map((store, index) => mark(store, check.results[index])),
  ])
  const head = ['check', 'rests on', ...stores.map(({ title }) => title)]
  return `### [${path}](../specs/${path}.spec.ts)\n\n${table(head, rows)}`
}

/** How a check did on a store, in a sign, and why: a link to the cause. */
function mark(store: Recorded, result?: CheckResult): string {
  if (!result) return ''
  const { verdict, severity = 'detail', violated, rounds, cause } = result
  if (says(verdict) === 'differs') {
    const sign = verdict === 'unstable' ? `${UNSTABLE} ${violated} of ${rounds}` : SIGNS[severity]
    return cause ? `${sign} [${cause}](#${anchor(store, cause)})` : sign
  }
  return verdict === 'holds' ? '✓' : '–'
}

/** How many checks deviate for each reason, most first. */
function causes(store: Recorded): string {
  return table(
    ['checks', 'cause', 'why they deviate'],
    store.summary.causes.map(({ id, checks, why, link }) => [
      checks,
      `<a id="${anchor(store, id)}"></a>${link ? `[${id}](${link})` : id}`,
      why,
    ]),
  )
}

function anchor(store: Recorded, cause: string): string {
  return `${store.id}-${cause}`
}

/** The facts as a reader wants them: what is weak about one is said. */
function evidenceOf({ restsOn }: CheckOnStores): string {
  return restsOn.map(({ id, strength }) => (strength === 'claimed' ? `${id} *claimed*` : id)).join(', ')
}
