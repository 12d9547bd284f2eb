import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { collectSpecs } from '../catalogue/collect'
import { root } from '../paths'
import { type Known, testId } from './known'

const folder = join(root, 'support', 'stores')
const recordings = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))

test.for(recordings)('%s gives a reason for every known deviation', (file) => {
  const { deviations }: Known = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))

  expect(Object.entries(deviations).filter(([, { why }]) => why.trim() === '')).toEqual([])
})

const checks = new Set(
  (await collectSpecs()).flatMap((module) =>
    [...module.children.allTests()].map((test) => testId(module.moduleId, test.name)),
  ),
)

test.for(recordings)('%s is about checks that there are', (file) => {
  const { deviations, results }: Known = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))

  expect(Object.keys({ ...deviations, ...results }).filter((id) => !checks.has(id))).toEqual([])
})

test.for(recordings)('%s lists several answers only where they differ', (file) => {
  const { deviations }: Known = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
  const lists = Object.values(deviations).flatMap(({ observed }) => (Array.isArray(observed) ? [observed] : []))

  expect(lists.filter((list) => new Set(list).size < 2)).toEqual([])
})
