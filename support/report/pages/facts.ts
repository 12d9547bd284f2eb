import { type FactId, factIds, factOf, sources } from '../../evidence/catalogue'
import type { Catalogue } from '../catalogue'
import { page, table } from './markdown'

/** The titles of the page's sections, in order, keyed by the first letter of their facts' ids. */
const SECTIONS: Readonly<Record<string, string>> = {
  R: 'Reads: GetObject, HeadObject',
  C: 'The source of a copy: CopyObject, UploadPartCopy',
  D: 'The destination of a copy: CopyObject',
  P: 'Writes: PutObject, presigned requests, races',
  M: 'Multipart uploads: CompleteMultipartUpload',
  X: 'Deletes: DeleteObject, DeleteObjects',
  E: 'Directory buckets: appends, RenameObject, and annotations',
  A: 'Bucket policies and permissions',
  K: 'Keys with special characters',
  S: 'The AWS SDK for JavaScript, ETags, and response handling',
}

/** Maps each fact to the specs that assert it. */
export function specsByFact({ behaviours }: Catalogue): Map<FactId, string[]> {
  const found = new Map<FactId, string[]>()
  for (const { path, checks } of behaviours) {
    for (const id of new Set(checks.flatMap((check) => check.facts))) found.set(id, [...(found.get(id) ?? []), path])
  }
  return found
}

/** Returns a link to a spec, for use on a page in `docs`. */
export function specLink(path: string): string {
  return `[${path}](../specs/${path}.spec.ts)`
}

/**
 * Returns links to facts on the page that lists all facts.
 * @param docs the path from the linking page to `docs`, with a trailing slash
 */
export function factLinks(ids: readonly FactId[], docs = ''): string {
  return ids.map((id) => `[${id}](${docs}what-amazon-s3-does.md#${id})`).join(', ')
}

/** Generates the page that lists every fact by operation, with the specs that assert it. */
export function factsPage(all: Catalogue): string {
  const specs = specsByFact(all)
  const sections = Object.entries(SECTIONS).map(([letter, title]) => {
    const rows = factIds
      .filter((id) => id.startsWith(letter))
      .map((id) => [`<a id="${id}"></a>${id}`, sentence(id), strength(id), asserted(id, specs.get(id) ?? [])])
    return `## ${title}\n\n${table(['fact', 'what Amazon S3 does', 'evidence', 'spec'], rows)}`
  })
  return page(
    '# What Amazon S3 does',
    'Every fact in the catalogue, with the strength of its evidence and the specs that assert it. ' +
      'Made by `npm run docs` from `support/evidence`. ' +
      'See also [what to do with a response](what-to-do-with-an-answer.md), ' +
      '[unsupported conditions](what-takes-no-condition.md) and [open questions](open-questions.md).',
    ...sections,
  )
}

function sentence(id: FactId): string {
  const { says, note } = factOf(id)
  return note ? `${says} *${note}*` : says
}

function strength(id: FactId): string {
  const { class: how, date, sources: from } = factOf(id)
  const links = [...new Set(from.map(({ from: key }) => key))].map((key) => `[${key}](${sources[key].link})`)
  return [`**${how}**, ${date}`, links.join(', ')].filter(Boolean).join('; ')
}

function asserted(id: FactId, specs: readonly string[]): string {
  if (specs.length > 0) return specs.map(specLink).join('<br>')
  const { unassertable, class: how } = factOf(id)
  if (unassertable) return `no spec: ${unassertable}`
  return how === 'open' ? 'no spec, because the response is unknown' : 'no spec yet'
}
