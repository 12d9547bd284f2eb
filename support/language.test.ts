import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './paths'

// Enforces the language rules in CONTRIBUTING.md: how test titles begin, and which turns of phrase are not allowed.

const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => ending.test(file) && !/\/(dist|node_modules)\//.test(file))
const text = (file: string) => readFileSync(join(root, file), 'utf8')

// The specs for the recipes are not checked yet.
const specs = filesIn('specs', /\.spec\.ts$/).filter((file) => !file.startsWith('specs/pattern/'))
const sources = filesIn('support', /\.(ts|md)$/).filter((file) => file !== 'support/language.test.ts')
const documents = ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']

/** A title must begin with an operation, a header, a placeholder for a table value, the SDK, or one of these words. */
const BEGINNINGS = [
  /^(Abort|Complete|Copy|Create|Delete|Get|Head|List|Put|Rename|Update|Upload)[A-Z]\w*/,
  /^Upload\b/,
  /^(If|x-amz|Range|Expect|Content)-?[\w-]*/,
  /^(%s|\$\{\w+\}|SDK|The SDK)\b/,
  /^(The|A|An|One|Exactly|Several|Every|No|Requiring)\b/i,
]

test('every test title in a spec begins with its subject', () => {
  const titles = specs.flatMap((file) =>
    [...text(file).matchAll(/\btest(?:\.for\([^)]*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)].map(([, , title = '']) => ({
      file,
      title,
    })),
  )

  expect(titles.length).toBeGreaterThan(500)
  expect(titles.filter(({ title }) => !BEGINNINGS.some((begins) => begins.test(title)))).toEqual([])
})

/** Turns of phrase that read like a translation or that avoid the usual technical term. */
const TURNS = [
  /\banew\b/i,
  /\bleav(e|es|ing) (it|them) away\b/i,
  /\bthat there is not\b/i,
  /\b(is|are|was) no (age|date|entity tag|ETag|folder|hash|JSON|number|port|profile|proof|result|setting)\b/i,
  /\bof one mind\b/i,
  /\bstands? in the way\b/i,
  /\bcomes? to (a |something|the|what)\b/i,
  /\b(can|cannot) be gone\b|\bwhen it is gone\b/i,
  /\brefus(al|als|e|ed|es|ing)\b/i,
  /\buntouched\b/i,
  /\bbe it\b/i,
  /\bwhat there is\b/i,
  /\bbut (for|of|to) (it|them|those)\b/i,
  /\bnobody knows\b/i,
  /\bkey of the customer\b/i,
  /\b(a|the) star\b|\bstar-/i,
  /\bentity tags?\b/i,
]

/** Matches lines in which a rejected phrase is allowed: quotations, and the examples in CONTRIBUTING.md. */
const QUOTED = /Connection refused|specified entity tag|put-obj-if-match-star-value|\*anew\*|\*is no port\*/

test('no text contains a turn of phrase that CONTRIBUTING.md rejects', () => {
  const found = [...specs, ...sources, ...documents].flatMap((file) =>
    [file, ...text(file).split('\n')].flatMap((line) =>
      TURNS.some((turn) => turn.test(line)) && !QUOTED.test(line) ? [`${file}: ${line.trim()}`] : [],
    ),
  )

  expect(found).toEqual([])
})
