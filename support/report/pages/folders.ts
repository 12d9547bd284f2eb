import type { BehaviourStatus } from '../../verdicts/summary'
import type { Behaviour, Catalogue } from '../catalogue'
import { factLinks } from './facts'
import { page, table } from './markdown'

/** The title of each folder's README, which GitHub shows below the folder's list of files. */
export const FOLDERS: Readonly<Record<string, string>> = {
  read: 'GetObject and HeadObject',
  'copy-source': 'CopyObject and UploadPartCopy: conditions on the source',
  'copy-destination': 'CopyObject: conditions on the destination',
  combinations: 'Reads and copies with every combination of two or more of the four conditions',
  write: 'PutObject',
  'complete-multipart-upload': 'CompleteMultipartUpload: 412, 409, and what happens to the upload after a failure',
  delete: 'DeleteObject and DeleteObjects',
  race: 'Concurrent writes, copies, multipart completions and deletes',
  versioning: 'All operations on keys with versions and delete markers',
  'presigned-url': 'Presigned PUT requests: conditions that are signed, unsigned or missing',
  'bucket-policy': 'Bucket policies that require a condition, and the permissions that conditions require',
  'directory-bucket': 'Directory buckets: renames, appends, and deletes with size and time conditions',
  keys: 'Keys with special characters, in every operation',
  'aws-sdk': 'How the AWS SDK for JavaScript sends conditions and handles responses',
  pattern: 'Recipes built on conditional requests: locks, leases, counters, logs, moves',
}

const SIGNS: Readonly<Record<BehaviourStatus, string>> = {
  holds: '✓',
  partly: '◐',
  deviates: '✗',
  unsupported: '–',
  unknown: '',
}

/** Generates the README of each folder in `specs`, keyed by path. */
export function folderPages(all: Catalogue): Record<string, string> {
  return Object.fromEntries(
    Object.entries(FOLDERS).map(([folder, about]) => [`specs/${folder}/README.md`, folderPage(folder, about, all)]),
  )
}

function folderPage(folder: string, about: string, { behaviours, stores }: Catalogue): string {
  const own = behaviours.filter(({ path }) => path.startsWith(`${folder}/`))
  const rows = own.map(({ path, sentence, checks, statuses }: Behaviour) => [
    `[${sentence}](${path.slice(folder.length + 1)}.spec.ts)`,
    checks.length,
    factLinks([...new Set(checks.flatMap(({ facts }) => facts))], '../../docs/'),
    ...statuses.map((standing) => SIGNS[standing]),
  ])
  return page(
    `# ${about}`,
    'Made by `npm run docs`. ✓ holds, ◐ partly holds, ✗ deviates, – unsupported. ' +
      'For details, see [the checks](../../docs/checks.md). ' +
      'To learn what a response means for your program, see [what to do with a response](../../docs/what-to-do-with-an-answer.md).',
    table(['behaviour', 'checks', 'facts', ...stores.map(({ title }) => title)], rows),
  )
}
