import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '../test'
import { clone } from '../testing/clone'
import {
  changedBytes,
  id,
  known,
  refusal,
  returned,
  TAKEN,
  VERSIONED,
  WHAT_EVERY_STORE_DOES,
} from '../testing/misbehaving-stores'
import { test as suiteTest } from '../testing/run-suite'
import { readResult } from './stored-results'

// Sentences are for people: with others in their place, every verdict, result and repeat is the same.

const test = suiteTest.extend('babbling', async ({}, { onCleanup }) => {
  const folder = await clone(onCleanup)
  const file = join(folder, 'support', 'sentence.ts')
  const text = await readFile(file, 'utf8')
  const babbling = 'export function $1(): string {\n  return String(Math.random())\n}'
  const babble = text.replace(/^export function (\w+)\([\s\S]*?\n\}/gm, babbling)
  await writeFile(file, babble)
  const explain = join(folder, 'support', 'verdicts', 'explain.ts')
  await writeFile(
    explain,
    (await readFile(explain, 'utf8')).replace(
      'a request of this check got no response, or an error such as 503 that is temporary.',
      'babble',
    ),
  )
  return { folder, changed: babble !== text }
})

test('no verdict, no result and no repeat depends on a sentence', async ({ runSuite, babbling }) => {
  const run = async (folder?: string) => {
    let silent = 0
    const {
      code,
      meta,
      folder: results,
    } = await runSuite({
      args: WHAT_EVERY_STORE_DOES,
      ...(folder && { in: folder }),
      known: { ...known(returned, changedBytes), [id(VERSIONED)]: [changedBytes] },
      tamper: {
        request: ({ method, headers }) => {
          if (method !== 'PUT' || !headers['if-none-match']) return undefined
          // The first one gets no response, and its check is repeated.
          if (++silent === 1) return { status: 503, body: refusal('', 'SlowDown') }
          delete headers['if-none-match']
          return undefined
        },
      },
    })
    const { checks } = readResult(join(results, 'results.json'))
    const said = Object.entries(meta).map(([title, { verdict, deviation }]) => [title, verdict, deviation?.observed])
    const judged = said.filter(([, verdict]) => verdict !== undefined)
    return { code, checks, said, isRepeated: silent === judged.length + 1 }
  }
  const [plain, babbled] = [await run(), await run(babbling.folder)]

  expect(babbling.changed).toBe(true)
  expect(babbled).toEqual(plain)
  expect(plain).toMatchObject({ isRepeated: true, checks: { [id(TAKEN)]: { verdict: 'known deviation' } } })
})
