import { CLASSES } from '../../evidence/catalogue'
import { type CheckResult, meaningOf } from '../../verdicts/result-file'
import type { Behaviour, Catalogue, CheckOnStores, RecordedStore } from '../catalogue'
import { SIGNS } from '../closing'
import { page, table } from './markdown'

/** The symbol for an unstable race. */
const UNSTABLE = '±'

/** The page with every check, its evidence, and its verdict on each store. */
export function checksPage({ stores, folders, behaviours }: Catalogue): string {
  const checks = behaviours.flatMap((behaviour) => behaviour.checks)
  const nowhere = checks.filter(({ results }) => !results.some((result) => result?.verdict === 'holds'))
  const signs = Object.entries(SIGNS).map(([severity, sign]) => `${sign} deviates: ${severity}`)
  const strengths = (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).filter((strength) => strength !== 'open')
  return page(
    '# Checks, and the stores on which each was seen to hold',
    'Made by `npm run docs` from the specs, the facts and the results in `support/stores`.',
    '## By folder',
    table(
      ['folder', 'behaviours', 'checks', 'facts', ...strengths],
      folders.map(({ name, behaviours, checks, facts, strengths: counts }) => {
        return [name, behaviours, checks, facts, ...strengths.map((strength) => counts[strength])]
      }),
    ),
    '## Checks that were not seen to hold on any store',
    nowhere.length === 0
      ? `None: each of the ${checks.length} checks was seen to hold on at least one of these stores.`
      : `${nowhere.length} of ${checks.length} checks were not seen to hold on any of these stores; ` +
          'only their evidence supports them:',
    ...(nowhere.length === 0 ? [] : [nowhere.map((check) => `- ${check.id} (${evidenceOf(check)})`).join('\n')]),
    '## Known deviations by cause',
    ...stores
      .filter(({ summary }) => summary.causes.length > 0)
      .map((store) => `### ${store.title}\n\n${causes(store)}`),
    '## Every check',
    [
      ['✓ holds', ...signs, `${UNSTABLE} unstable: a race, with the number of rounds that violated it`].join(', '),
      ', – unsupported. The cause is next to each deviation. ',
      'A fact that only another implementer claims is shown as *claimed*.',
    ].join(''),
    ...behaviours.map((behaviour) => section(behaviour, stores)),
  )
}

function section({ path, checks }: Behaviour, stores: readonly RecordedStore[]): string {
  const rows = checks.map((check) => [
    check.title,
    evidenceOf(check),
    ...stores.map((store, index) => mark(store, check.results[index])),
  ])
  const head = ['check', 'rests on', ...stores.map(({ title }) => title)]
  return `### [${path}](../specs/${path}.spec.ts)\n\n${table(head, rows)}`
}

/** The symbol for the result of a check on a store, with a link to the cause. */
function mark(store: RecordedStore, result?: CheckResult): string {
  if (!result) return ''
  const { verdict, severity = 'detail', violated, rounds, cause } = result
  if (meaningOf(verdict) === 'differs') {
    const sign = verdict === 'unstable' ? `${UNSTABLE} ${violated} of ${rounds}` : SIGNS[severity]
    return cause ? `${sign} [${cause}](#${anchor(store, cause)})` : sign
  }
  return verdict === 'holds' ? '✓' : '–'
}

/** The number of deviating checks by cause, highest first. */
function causes(store: RecordedStore): string {
  return table(
    ['checks', 'cause', 'why they deviate'],
    store.summary.causes.map(({ id, checks, why, link }) => [
      checks,
      `<a id="${anchor(store, id)}"></a>${link ? `[${id}](${link})` : id}`,
      why,
    ]),
  )
}

function anchor(store: RecordedStore, cause: string): string {
  return `${store.id}-${cause}`
}

/** The facts of a check; one that is only claimed is marked. */
function evidenceOf({ evidence }: CheckOnStores): string {
  return evidence.map(({ id, strength }) => (strength === 'claimed' ? `${id} *claimed*` : id)).join(', ')
}
