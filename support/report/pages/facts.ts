import { type FactId, factIds, factOf, sources } from '../../evidence/catalogue'
import type { Catalogue } from '../catalogue'
import { page, table } from './markdown'

/** The sections of the page by the first letter of their facts, in the order of the page. */
const SECTIONS: Readonly<Record<string, string>> = {
  R: 'Reads: GetObject, HeadObject',
  C: 'The source of a copy: CopyObject, UploadPartCopy',
  D: 'The destination of a copy: CopyObject',
  P: 'Writes: PutObject, presigned requests, races',
  M: 'Uploads in parts: CompleteMultipartUpload',
  X: 'Deletes: DeleteObject, DeleteObjects',
  E: 'Directory buckets: append, RenameObject, and annotations',
  A: 'Bucket policies and permissions',
  K: 'Keys beyond plain ASCII',
  S: 'The AWS SDK for JavaScript, ETags, and the consequences of a response',
}

/** The specs that assert each fact. */
export function specsByFact({ behaviours }: Catalogue): Map<FactId, string[]> {
  const found = new Map<FactId, string[]>()
  for (const { path, checks } of behaviours) {
    for (const id of new Set(checks.flatMap((check) => check.facts))) found.set(id, [...(found.get(id) ?? []), path])
  }
  return found
}

/** Links to a spec from a page in `docs`. */
export function specLink(path: string): string {
  return `[${path}](../specs/${path}.spec.ts)`
}

/** The page with every fact, by operation, and the specs that assert it. */
export function factsPage(all: Catalogue): string {
  const specs = specsByFact(all)
  const sections = Object.entries(SECTIONS).map(([letter, title]) => {
    const rows = factIds
      .filter((id) => id.startsWith(letter))
      .map((id) => [`<a id="${id}"></a>${id}`, sentence(id), strength(id), asserted(id, specs.get(id) ?? [])])
    return `## ${title}\n\n${table(['fact', 'what Amazon S3 does', 'known', 'spec'], rows)}`
  })
  return page(
    '# What Amazon S3 does',
    'Every fact in the catalogue, with its strength and the specs that assert it. ' +
      'Made by `npm run docs` from `support/evidence`. ' +
      'See also [what to do with an answer](what-to-do-with-an-answer.md), ' +
      '[what takes no condition](what-takes-no-condition.md) and [open questions](open-questions.md).',
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
  if (unassertable) return `no spec, because: ${unassertable}`
  return how === 'open' ? 'no spec, because the answer is unknown' : 'no spec yet'
}
