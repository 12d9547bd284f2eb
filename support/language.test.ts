import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './paths'

// Holds the language of CONTRIBUTING: how the titles of the specs begin, and turns of phrase that no text has.

const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => ending.test(file) && !/\/(dist|node_modules)\//.test(file))
const text = (file: string) => readFileSync(join(root, file), 'utf8')

// The recipes follow in a later change.
const specs = filesIn('specs', /\.spec\.ts$/).filter((file) => !file.startsWith('specs/pattern/'))
const sources = filesIn('support', /\.(ts|md)$/).filter((file) => file !== 'support/language.test.ts')
const documents = ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']

/** A title begins with an operation, a header, a value of its table, the SDK, or an article. */
const BEGINNINGS = [
  /^(Abort|Complete|Copy|Create|Delete|Get|Head|List|Put|Rename|Update|Upload)[A-Z]\w*/,
  /^Upload\b/,
  /^(If|x-amz|Range|Expect|Content)-?[\w-]*/,
  /^(%s|\$\{\w+\}|SDK|The SDK)\b/,
  /^(The|A|An|One|Exactly|Several|Every|No|Requiring)\b/i,
]

test('the title of a spec begins with its subject', () => {
  const titles = specs.flatMap((file) =>
    [...text(file).matchAll(/\btest(?:\.for\([^)]*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)].map(([, , title = '']) => ({
      file,
      title,
    })),
  )

  expect(titles.length).toBeGreaterThan(500)
  expect(titles.filter(({ title }) => !BEGINNINGS.some((begins) => begins.test(title)))).toEqual([])
})

/** Turns of phrase that read like a translation, or that say something by another word than the field's. */
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

/** Texts of others, and the rule itself. */
const QUOTED = /Connection refused|specified entity tag|put-obj-if-match-star-value|\*anew\*|\*is no port\*/

test('no text has a turn of phrase that CONTRIBUTING rejects', () => {
  const found = [...specs, ...sources, ...documents].flatMap((file) =>
    [file, ...text(file).split('\n')].flatMap((line) =>
      TURNS.some((turn) => turn.test(line)) && !QUOTED.test(line) ? [`${file}: ${line.trim()}`] : [],
    ),
  )

  expect(found).toEqual([])
})
