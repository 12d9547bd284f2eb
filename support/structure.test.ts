import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { fromRoot, root } from './paths'

// Keeps the structure of the project: what imports what, how long a file may be, and what every spec looks like.

/**
 * The folders and files of `support`, in order: each imports only what comes before it, types included. Tests import
 * what they like, and only tests and tools import `testing`.
 */
const ORDER = [
  'errors', // what a run tells its user
  'paths', // where the files of the project are
  'promises', // what a store protects
  'observation', // what is expected and observed, as data
  'sentence', // the same as sentences
  'vitest-internals', // everything that depends on undocumented behaviour of Vitest
  'evidence', // facts, sources and open questions
  'wire', // what goes over the wire: recorder, plain HTTP, XML, redaction, tampering proxy
  'reference-store', // a package of its own: the rules, an S3 in memory, faults, a command
  'stores', // the stores: how each is installed and started, and its baselines
  'targets', // where a run goes: settings, start, stop, reaper, buckets, capabilities
  'fixtures', // who sends requests, and what exists before a check
  'matchers', // what is asserted
  'verdicts', // runner, judge, baselines
  'options', // options of tests
  'test', // the one import of a spec, and what the folders of specs add to it
  'report', // what a run prints, and the generated pages
  'global-setup', // starts and stops the store
  'scenario', // npm start
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

/** The place of a file in the order, -1 if it has none. */
const placeOf = (file: string) => ORDER.indexOf(/^support\/([\w-]+)/.exec(file)?.[1] ?? '')

/** The files of the project that a file imports. */
function imports(file: string): string[] {
  const named = [...text(file).matchAll(/(?:from|import\()\s*'(\.[^']*|s3-reference-store[^']*)'/g)]
  return named.map(([, from = '']) =>
    from.startsWith('.') ? fromRoot(join(root, dirname(file), from)) : from.replace(/^s3-/, 'support/'),
  )
}

test('every folder and file of support has its place', () => {
  expect(files.filter((file) => file.startsWith('support/') && !isTest(file) && placeOf(file) < 0)).toEqual([])
})

test('a file imports only what comes before it', () => {
  const wrong = files
    .filter((file) => file.startsWith('support/') && !isTest(file))
    .flatMap((file) => {
      const used = imports(file).filter((target) => target.startsWith('support/'))
      return used.filter((target) => placeOf(target) > placeOf(file)).map((target) => `${file} imports ${target}`)
    })

  expect(wrong).toEqual([])
})

test('the package of the reference store imports nothing of the suite, its tests included', () => {
  const folder = 'support/reference-store/'
  const own = files.filter((file) => file.startsWith(folder))
  const wrong = own.flatMap((file) => imports(file).filter((target) => !`${target}/`.startsWith(folder)))

  expect(own.length).toBeGreaterThan(50)
  expect(wrong).toEqual([])
})

test('the rules import no module of Node, and the core those that compute only', () => {
  const used = (part: string) =>
    files
      .filter((file) => file.startsWith(`support/reference-store/src/${part}/`) && !isTest(file))
      .flatMap((file) => [...text(file).matchAll(/from '(node:[^']+)'/g)].map(([, name = '']) => name))

  expect(used('rules')).toEqual([])
  expect([...new Set(used('core'))].sort()).toEqual(['node:crypto', 'node:zlib'])
})

test('no file is longer than 250 lines but facts and sources', () => {
  const long = files.filter((file) => !/^support\/evidence\/(facts\/|sources)/.test(file))

  expect(long.filter((file) => text(file).split('\n').length > 251)).toEqual([])
})

test('a spec imports the AWS SDK, node, and support/test or the fixtures of its folder', () => {
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

/** Matchers that look at something, and so have to be awaited; Biome does not see through Vitest's types. */
const AWAITED =
  /^\s*expect\(.*\)\.(?:not\.)?(?:resolves|rejects|toBe(?:Unchanged)|to(?:FailWith|Return|Get|Delete|Have(?!Length|Property))\w*)\b/

test('no spec forgets to await', () => {
  const forgotten = files
    .filter((file) => file.startsWith('specs/'))
    .flatMap((file) =>
      text(file)
        .split('\n')
        .filter((line) => AWAITED.test(line) || /^\s*[\w.]+\.send\(/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    )

  expect(forgotten).toEqual([])
})

test('a store is named in its own folder only', () => {
  const named = files.filter((file) => !/^support\/(stores|evidence|testing)\//.test(file) && !isTest(file))

  expect(named.filter((file) => /localstack/i.test(text(file).replace(/^import .*/gm, '')))).toEqual([])
})
