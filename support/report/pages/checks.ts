import { CLASSES } from '../../evidence/catalogue'
import { type CheckResult, meaningOf } from '../../verdicts/result-file'
import type { Behaviour, Catalogue, CheckOnStores, RecordedStore, Strength } from '../catalogue'
import { SIGNS } from '../closing'
import { specLink } from './facts'
import { page, table } from './markdown'

/** The symbol for an unstable race. */
const UNSTABLE = '±'

/** Generates the page that lists every check with its evidence and its verdict on each store. */
export function checksPage({ stores, folders, behaviours }: Catalogue): string {
  const checks = behaviours.flatMap((behaviour) => behaviour.checks)
  const nowhere = checks.filter(({ results }) => !results.some((result) => result?.verdict === 'holds'))
  const signs = Object.entries(SIGNS).map(([severity, sign]) => `${sign} deviates (${severity})`)
  const strengths = (Object.keys(CLASSES) as Strength[]).filter((strength) => strength !== 'open')
  return page(
    '# Checks and their verdicts on each store',
    'Made by `npm run docs` from the specs, the facts and the baselines in `support/stores`.',
    '## By folder',
    table(
      ['folder', 'behaviours', 'checks', 'facts', ...strengths],
      folders.map(({ name, behaviours, checks, facts, strengths: counts }) => {
        return [name, behaviours, checks, facts, ...strengths.map((strength) => counts[strength])]
      }),
    ),
    '## Checks that do not hold on any store',
    nowhere.length === 0
      ? `None: each of the ${checks.length} checks holds on at least one of these stores.`
      : `${nowhere.length} of ${checks.length} checks do not hold on any of these stores. ` +
          'Only the facts in parentheses support them:',
    ...(nowhere.length === 0 ? [] : [nowhere.map((check) => `- ${check.id} (${evidenceOf(check)})`).join('\n')]),
    '## Known deviations by cause',
    ...stores
      .filter(({ summary }) => summary.causes.length > 0)
      .map((store) => `### ${store.title}\n\n${causes(store)}`),
    '## Every check',
    [
      ['✓ holds', ...signs, `${UNSTABLE} unstable race, with the number of rounds in which the store deviated`].join(
        ', ',
      ),
      ', – unsupported. Each deviation links to its cause. ',
      'A fact is marked *claimed* if it was neither observed on Amazon S3 nor documented by AWS.',
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
  const head = ['check', 'facts', ...stores.map(({ title }) => title)]
  return `### ${specLink(path)}\n\n${table(head, rows)}`
}

/** Returns the symbol for a check's result. If the result has a cause, a link to the cause follows. */
function mark(store: RecordedStore, result?: CheckResult): string {
  if (!result) return ''
  const { verdict, severity = 'detail', violated, rounds, cause } = result
  if (meaningOf(verdict) === 'differs') {
    const sign = verdict === 'unstable' ? `${UNSTABLE} ${violated} of ${rounds}` : SIGNS[severity]
    return cause ? `${sign} [${cause}](#${anchor(store, cause)})` : sign
  }
  return verdict === 'holds' ? '✓' : '–'
}

/** Lists the causes of a store's known deviations, sorted by the number of affected checks, highest first. */
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

function evidenceOf({ evidence }: CheckOnStores): string {
  return evidence.map(({ id, strength }) => (strength === 'claimed' ? `${id} *claimed*` : id)).join(', ')
}
