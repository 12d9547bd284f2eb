import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { fromRoot, root } from './paths'

// Checks the structure of the project: import order, file length, what specs may import, and what they must await.

/**
 * The folders and files of `support` in import order. Each entry may import code and types only from itself and from
 * earlier entries. Tests may import anything. Only tests and tools may import `testing`.
 */
const ORDER = [
  'errors', // the suite's own errors
  'paths', // paths within the project
  'promises', // the promises that a store can keep
  'observation', // expectations and observations as data
  'sentence', // observations and expectations as sentences
  'vitest-internals', // everything that depends on undocumented behaviour of Vitest
  'evidence', // facts, sources and open questions
  'wire', // requests and responses: recorder, plain HTTP, XML, redaction, tampering proxy
  'reference-store', // a separate package: rules, an in-memory S3, faults, a command
  'stores', // for each store: how to install and start it, and its baselines
  'targets', // the run's target: settings, start, stop, reaper, buckets, capabilities
  'fixtures', // clients, and the buckets, keys and objects that a check starts with
  'matchers', // the assertions that specs use
  'verdicts', // runner, judge, baselines
  'options', // test options
  'test', // the modules that specs import: one for all specs, and additional fixtures for some folders
  'report', // the run's output, and the generated pages
  'global-setup', // starts the target before a run, and stops it afterwards
  'scenario', // the guided tour that npm start runs
  'testing', // for tests and tools: whole runs, misbehaving stores, recordings
  'tools', // clean, bench, mutate
]

const files = ['specs', 'support'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(^|[\\/])(dist|node_modules)[\\/]/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
)
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const isTest = (file: string) => file.endsWith('.test.ts')

/** Returns the index of the entry in `ORDER` that covers a file, or -1 if no entry covers it. */
const positionOf = (file: string) => ORDER.indexOf(/^support\/([\w-]+)/.exec(file)?.[1] ?? '')

/** Lists the project files that a file imports. */
function imports(file: string): string[] {
  const specifiers = [...text(file).matchAll(/(?:from|import\()\s*'(\.[^']*|s3-reference-store[^']*)'/g)]
  return specifiers.map(([, from = '']) =>
    from.startsWith('.') ? fromRoot(join(root, dirname(file), from)) : from.replace(/^s3-/, 'support/'),
  )
}

test('every folder and file of support has a position in the order', () => {
  expect(files.filter((file) => file.startsWith('support/') && !isTest(file) && positionOf(file) < 0)).toEqual([])
})

test('a file imports only from folders and files before it in the order', () => {
  const wrong = files
    .filter((file) => file.startsWith('support/') && !isTest(file))
    .flatMap((file) => {
      const used = imports(file).filter((target) => target.startsWith('support/'))
      return used.filter((target) => positionOf(target) > positionOf(file)).map((target) => `${file} imports ${target}`)
    })

  expect(wrong).toEqual([])
})

test('the reference store package, including its tests, imports nothing from the suite', () => {
  const folder = 'support/reference-store/'
  const own = files.filter((file) => file.startsWith(folder))
  const wrong = own.flatMap((file) => imports(file).filter((target) => !`${target}/`.startsWith(folder)))

  expect(own.length).toBeGreaterThan(50)
  expect(wrong).toEqual([])
})

test('the rules import no Node modules, and the core imports only node:crypto and node:zlib', () => {
  const used = (part: string) =>
    files
      .filter((file) => file.startsWith(`support/reference-store/src/${part}/`) && !isTest(file))
      .flatMap((file) => [...text(file).matchAll(/from '(node:[^']+)'/g)].map(([, name = '']) => name))

  expect(used('rules')).toEqual([])
  expect([...new Set(used('core'))].sort()).toEqual(['node:crypto', 'node:zlib'])
})

test('no file has more than 250 lines, except facts and sources', () => {
  const long = files.filter((file) => !/^support\/evidence\/(facts\/|sources)/.test(file))

  expect(long.filter((file) => text(file).split('\n').length > 251)).toEqual([])
})

test('a spec imports only the AWS SDK, Node, support/test and the fixtures of its folder', () => {
  const wrong = files
    .filter((file) => file.startsWith('specs/'))
    .flatMap((file) => {
      const folder = file.split('/')[1]
      const own = new RegExp(`^(@aws-sdk/|node:|\\.\\./\\.\\./support/test(/${folder})?$)`)
      const names = [...text(file).matchAll(/from '([^']+)'/g)].map(([, name = '']) => name)
      return names.filter((name) => !own.test(name)).map((name) => `${file} imports ${name}`)
    })

  expect(wrong).toEqual([])
})

/**
 * Matches a call of an asynchronous matcher that is not awaited. Biome misses such calls because of how Vitest types
 * `expect`.
 */
const AWAITED =
  /^\s*expect\(.*\)\.(?:not\.)?(?:resolves|rejects|toBe(?:Unchanged)|to(?:FailWith|Return|Get|Delete|Have(?!Length|Property))\w*)\b/

test('a spec awaits every request and every asynchronous matcher', () => {
  const forgotten = files
    .filter((file) => file.startsWith('specs/'))
    .flatMap((file) =>
      text(file)
        .split('\n')
        .filter((line) => AWAITED.test(line) || /^\s*[\w.]+\.send\(.*[^,]$/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )

  expect(forgotten).toEqual([])
})

test('LocalStack is named only in support/stores, support/evidence, support/testing and tests', () => {
  const named = files.filter((file) => !/^support\/(stores|evidence|testing)\//.test(file) && !isTest(file))

  expect(named.filter((file) => /localstack/i.test(text(file).replace(/^import .*/gm, '')))).toEqual([])
})
