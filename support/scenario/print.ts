import { CLASSES, facts } from '../evidence/catalogue'
import { element, render, summarise } from '../exchange/record'
import { storeNamed } from '../stores/stores'
import type { Target } from '../targets/target'
import type { Condition } from './documented'
import type { Listed, Outcome, Request, Scene } from './explore'

/** The headers of the conditions, by the names of the SDK's members. */
export const HEADERS: Readonly<Record<Condition, string>> = {
  IfMatch: 'If-Match',
  IfNoneMatch: 'If-None-Match',
  IfModifiedSince: 'If-Modified-Since',
  IfUnmodifiedSince: 'If-Unmodified-Since',
  CopySourceIfMatch: 'x-amz-copy-source-if-match',
  CopySourceIfNoneMatch: 'x-amz-copy-source-if-none-match',
  CopySourceIfModifiedSince: 'x-amz-copy-source-if-modified-since',
  CopySourceIfUnmodifiedSince: 'x-amz-copy-source-if-unmodified-since',
}

/** The symbols of the catalogue as a person reads them. */
export const VALUES: Readonly<Record<string, string>> = {
  current: 'the current entity tag',
  other: 'another entity tag',
  '*': '*',
  'unquoted current': 'the current entity tag without its quotes',
  'list with the current': 'a list with the current entity tag',
  'list without the current': 'a list of other entity tags',
  before: 'a minute before Last-Modified',
  at: 'Last-Modified itself',
  after: 'a second after Last-Modified',
  'a day ahead': 'a day ahead',
}

/** The store as a sentence names it. */
export function nameOf({ store }: Target): string {
  return `${storeNamed(store.name).title} ${store.version}`
}

/** A request in words: `GetObject with If-Match: the current entity tag`. */
export function titleOf({ operation, conditions }: Pick<Request, 'operation' | 'conditions'>): string {
  const given = Object.entries(conditions).map(([name, symbol]) => `${HEADERS[name as Condition]}: ${VALUES[symbol]}`)
  return `${operation} ${given.length > 0 ? `with ${given.join(' and ')}` : 'without a precondition'}`
}

/** Both buckets with their objects, as a table. */
export function listing({ buckets }: Pick<Scene, 'buckets'>, objects: readonly Listed[]): string[] {
  const width = Math.max(...objects.map(({ Key }) => Key.length), 0)
  return buckets.flatMap((bucket) => {
    const inside = objects.filter(({ Bucket }) => Bucket === bucket)
    const rows = inside.map(({ Key, ETag, size, modified }) =>
      [`  ${Key.padEnd(width)}`, ETag.padEnd(34), `${size} bytes`.padStart(10), modified.toISOString()].join('  '),
    )
    return [bucket, ...(rows.length > 0 ? rows : ['  (empty)'])]
  })
}

/** What happened and why, the spec that documents it, and what is known of the store; the exchange above. */
export function report(outcome: Outcome, target: Target): string[] {
  return [...render(outcome.exchange).split('\n'), '', ...sentences(outcome, target)]
}

/** What the store did, in a few words. */
export function seen({ exchange, changed }: Pick<Outcome, 'exchange' | 'changed'>): string {
  return [summarise(exchange), changed].filter(Boolean).join('; ')
}

function sentences(outcome: Outcome, target: Target): string[] {
  const { documentation, judgement, because, changed, request } = outcome
  const { says, spec, facts: found } = documentation
  const store = nameOf(target)
  const fact = found[0] && facts[found[0]]
  if (judgement === 'not stated' && fact?.class === 'open') return [`${seen(outcome)}. An open question: ${says}`]
  if (judgement === 'not stated') return [`${seen(outcome)}${explained(outcome)}.`, ...notStated(outcome)]

  const claimed = fact?.class === 'claimed' ? ` (${CLASSES.claimed})` : ''
  const what = {
    'as expected': `${seen(outcome)}, as Amazon S3 does: ${says}`,
    'known deviation': `${seen(outcome)}. Amazon S3 does otherwise: ${says}`,
    unexpected: `UNEXPECTED: ${seen(outcome)}. Amazon S3 does otherwise: ${says}`,
  }[judgement]
  const where = spec
    ? `${spec.file}, “${spec.title}”`
    : `none asserts ${found} yet, so that nothing is known of ${store}`
  const untouched = isRefused(outcome) && !changed && /Copy|Put|Delete/.test(request.operation)
  return [
    `${what}${claimed}`,
    ...(untouched ? ['The key is untouched.'] : []),
    `Spec: ${where}`,
    ...[...new Set(because.map(known))].map((why) => `${store} is known to differ here: ${why}`),
    ...(judgement === 'unexpected' ? explainedByParts(outcome, store) : []),
  ]
}

function isRefused({ exchange: { response } }: Outcome): boolean {
  return (response?.status ?? 0) >= 300
}

function known({ observed, why, link }: Outcome['because'][number]): string {
  return [why || [observed].flat().join(', or '), link].filter(Boolean).join(', ')
}

/** What the answer itself says of its reason. */
function explained({ exchange }: Outcome): string {
  const [condition, header] = [element(exchange, 'Condition'), element(exchange, 'Header')]
  if (condition) return `: the answer names ${condition} as the precondition that does not hold`
  if (header) return `: the answer names ${header} as what is not implemented`
  const message = element(exchange, 'Message')?.replace(/\.$/, '')
  return message ? `: ${message}` : ''
}

function notStated({ documentation: { alone } }: Outcome): string[] {
  return [
    'No fact describes exactly this request, so what Amazon S3 answers to it is not said here.',
    ...alone.flatMap(({ condition, says }) => (says ? `  ${HEADERS[condition]} alone: ${says}` : [])),
  ]
}

/** What is known of the store about each of several conditions, where nothing is known about them together. */
function explainedByParts({ documentation: { alone, spec } }: Outcome, store: string): string[] {
  const parts = alone.flatMap(({ condition, deviations }) =>
    [...new Set(deviations.map(known))].map(
      (why) => `${store} is known to differ in ${HEADERS[condition]} alone: ${why}`,
    ),
  )
  return parts.length > 0 || !spec ? parts : [`Nothing that is known of ${store} explains it.`]
}
