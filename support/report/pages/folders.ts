import type { BehaviourStatus } from '../../verdicts/summary'
import type { Behaviour, Catalogue } from '../catalogue'
import { page, table } from './markdown'

/** The subject of each folder of `specs`. GitHub shows its page below the list of files. */
export const FOLDERS: Readonly<Record<string, string>> = {
  read: 'GetObject and HeadObject',
  'copy-source': 'CopyObject and UploadPartCopy: conditions on what is copied',
  'copy-destination': 'CopyObject: conditions on what it replaces',
  combinations: 'Reads and copies with any combination of the four conditions',
  write: 'PutObject',
  'complete-multipart-upload': 'CompleteMultipartUpload: 412, 409, and what is left of the upload',
  delete: 'DeleteObject and DeleteObjects',
  race: 'Writes, copies, completions and deletes by many at once',
  versioning: 'All of them where a key has versions and delete markers',
  'presigned-url': 'A presigned PUT: what is signed, sent, or neither',
  'bucket-policy': 'A bucket whose policy demands a condition, by who may do what',
  'directory-bucket': 'Directory buckets: renames, appends, and deletes by size and time',
  keys: 'Keys beyond plain ASCII, through every operation',
  'aws-sdk': 'What the AWS SDK for JavaScript makes of the answers',
  pattern: 'What people build on it: locks, leases, counters, logs, moves',
}

const SIGNS: Readonly<Record<BehaviourStatus, string>> = {
  holds: '✓',
  partly: '◐',
  deviates: '✗',
  unsupported: '–',
  unknown: '',
}

/** Generates the README of each folder, by path. */
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
    [...new Set(checks.flatMap(({ facts }) => facts))]
      .map((id) => `[${id}](../../docs/what-amazon-s3-does.md#${id})`)
      .join(', '),
    ...statuses.map((standing) => SIGNS[standing]),
  ])
  return page(
    `# ${about}`,
    'Made by `npm run docs`. ✓ holds, ◐ partly, ✗ deviates, – unsupported; ' +
      '[the checks](../../docs/checks.md) say more. ' +
      'What an answer means for your program: [what to do with an answer](../../docs/what-to-do-with-an-answer.md).',
    table(['behaviour', 'checks', 'facts', ...stores.map(({ title }) => title)], rows),
  )
}
