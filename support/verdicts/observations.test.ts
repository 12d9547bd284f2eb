import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { createVitest } from 'vitest/node'
import { canonical } from '../observation'
import { root } from '../paths'
import { examples } from '../testing/observations'
import { exampleOf } from '../testing/results'
import { updateBaseline } from './baseline'
import { resultOf } from './run'
import { readBaseline, writeResult } from './stored-results'
import type { Deviation } from './verdict'

const test = base.extend('folder', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-observations-'))
  onCleanup(() => rm(folder, { recursive: true }))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
})

/** A test that adds an observation of each kind to its meta, as the runner does. */
const SPEC = `
import { test } from 'vitest'
import { examples } from ${JSON.stringify(join(root, 'support', 'testing', 'observations.ts'))}

test('adds observations', ({ task }) => {
  const expected = { kind: 'headers', headers: { etag: '"e"', 'content-type': null } }
  task.meta.deviation = { observed: examples, severity: 'data', expected }
})
`

test('observations of each kind survive the transfer from a worker and a round trip through a file', async ({
  folder,
}) => {
  await writeFile(join(folder, 'one.test.ts'), SPEC)
  const options = { root: folder, config: false as const, watch: false, pool: 'threads', reporters: [{}] }
  const vitest = await createVitest('test', options)
  await vitest.start()
  const [module] = vitest.state.getTestModules()
  const [ran] = [...(module?.children.allTests() ?? [])]
  const deviation = ran?.meta().deviation as Deviation
  await vitest.close()

  const { suite, sdk, date, store, unsupported } = exampleOf({})
  const checks = [{ id: 'a/b/c', behaviour: 'a/b', verdict: 'deviation' as const, deviation }]
  const run = { head: { suite, sdk, date, store, unsupported }, checks, loaded: { 'a/b': ['a/b/c'] } }
  const file = join(folder, 'baseline.json')
  writeResult(file, updateBaseline(run, { behaviours: ['a/b'] }).result)

  expect(deviation.observed).toEqual(examples)
  expect(deviation.expected).toEqual({ kind: 'headers', headers: { etag: '"e"', 'content-type': null } })
  expect(resultOf(run).checks['a/b/c']?.observed).toEqual(examples)
  // Baselines list observations in sorted order.
  expect(readBaseline(file)?.checks['a/b/c']?.observed).toEqual(canonical(examples))
})
