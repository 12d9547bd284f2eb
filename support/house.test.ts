import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { fromRoot, root } from './paths'

// What keeps the house as it is: which room may use which, how long a file may be, and what every spec looks like.

const files = ['specs', 'support'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(^|[\\/])(dist|node_modules)[\\/]/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
)
const text = (file: string) => readFileSync(join(root, file), 'utf8')

/** The rooms of `support`, and the rooms that each of them may use, types included. Tests may use what they like. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  evidence: [],
  exchange: [],
  'reference-store': [],
  install: [],
  stores: ['install', 'exchange', 'reference-store'],
  targets: ['stores', 'install', 'exchange'],
  fixtures: ['evidence', 'exchange', 'targets', 'stores', 'proxy'],
  matchers: ['exchange', 'fixtures', 'evidence', 'reference-store'],
  judge: ['matchers', 'fixtures', 'exchange', 'evidence', 'results', 'stores', 'targets'],
  results: ['stores', 'exchange', 'evidence', 'judge', 'targets', 'matchers'],
  catalogue: ['results', 'stores', 'evidence', 'judge', 'matchers', 'exchange'],
  pages: ['catalogue', 'results', 'evidence', 'stores', 'targets', 'judge', 'matchers'],
  proxy: ['exchange', 'stores'],
  scenario: [
    'catalogue',
    'results',
    'reference-store',
    'evidence',
    'exchange',
    'fixtures',
    'stores',
    'targets',
    'judge',
    'matchers',
  ],
  tools: [
    ...['catalogue', 'results', 'targets', 'stores', 'proxy', 'exchange', 'evidence', 'fixtures', 'judge'],
    'reference-store',
  ],
}

/** Files that every room may use. */
const FOR_ALL = ['paths', 'errors', 'observation', 'promises', 'sentence', 'vitest-internals']

const room = (file: string) => /^support\/(?:([\w-]+)\/)?/.exec(file)?.[1]
const isTest = (file: string) => /\.test\.ts$|^support\/testing\//.test(file)

/** The files of the project that a file imports. */
function imports(file: string): string[] {
  const named = [...text(file).matchAll(/(?:from|import\()\s*'(\.[^']*|s3-reference-store[^']*)'/g)]
  return named.map(([, from = '']) =>
    from.startsWith('.') ? fromRoot(join(root, dirname(file), from)) : from.replace(/^s3-/, 'support/'),
  )
}

test('every room uses only those below it', () => {
  const wrong = files
    .filter((file) => room(file) && !isTest(file))
    .flatMap((file) => {
      const own = room(file) ?? ''
      const used = imports(file).map((target) => room(`${target}/`) ?? '')
      const allowed = [own, ...(MAY_USE[own] ?? []), ...FOR_ALL]
      return used.filter((target) => target && !allowed.includes(target)).map((target) => `${file} uses ${target}`)
    })

  expect(wrong).toEqual([])
})

test('every room is known, and the one that is for tests only', () => {
  expect([...new Set(files.flatMap((file) => room(file) ?? []))].filter((name) => !(name in MAY_USE))).toEqual([
    'testing',
  ])
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
  const named = files.filter(
    (file) => !file.startsWith('support/stores/') && !isTest(file) && !file.startsWith('support/evidence/'),
  )

  expect(named.filter((file) => /localstack/i.test(text(file).replace(/^import .*/gm, '')))).toEqual([])
})
