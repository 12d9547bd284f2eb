import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../../paths'
import { MANIFEST, manifestOf } from '../../verdicts/manifest'
import { catalogue } from '../catalogue'
import { collectChecks } from '../collect'
import { checksPage } from './checks'
import { factsPage } from './facts'
import { folderPages } from './folders'
import { noConditionPage } from './no-condition'
import { openQuestionsPage } from './open-questions'
import { readme } from './readme'
import { responsesPage } from './responses'

/** Generates all pages that `npm run docs` writes, keyed by path. */
export function pages(): Record<string, string> {
  const all = catalogue()
  return {
    'README.md': readme(read('README.md'), all),
    'docs/checks.md': checksPage(all),
    'docs/open-questions.md': openQuestionsPage(all),
    'docs/what-amazon-s3-does.md': factsPage(all),
    'docs/what-to-do-with-an-answer.md': responsesPage(all),
    'docs/what-takes-no-condition.md': noConditionPage(),
    ...folderPages(all),
  }
}

export function read(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, MANIFEST), manifestOf(await collectChecks()))
  const changed = Object.entries(pages()).filter(([page, text]) => read(page) !== text)
  for (const [page, text] of changed) writeFileSync(join(root, page), text)
  console.log(
    changed.length > 0 ? `Updated ${changed.map(([page]) => page).join(', ')}.` : 'All pages are already up to date.',
  )
  process.exit()
}
