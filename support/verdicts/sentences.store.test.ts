import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '../test'
import { clone } from '../testing/clone'
import {
  changedBytes,
  errorBody,
  id,
  known,
  returned,
  TAKEN,
  VERSIONED,
  WHAT_EVERY_STORE_DOES,
} from '../testing/misbehaving-stores'
import { test as suiteTest } from '../testing/run-suite'
import { readResult } from './stored-results'

// Verdicts, results and retries do not depend on the text of messages. This test replaces the messages with random
// text.

const test = suiteTest.extend('cloneWithRandomSentences', async ({}, { onCleanup }) => {
  const folder = await clone(onCleanup)
  const file = join(folder, 'support', 'sentence.ts')
  const text = await readFile(file, 'utf8')
  const random = 'export function $1(): string {\n  return String(Math.random())\n}'
  const changed = text.replace(/^export function (\w+)\([\s\S]*?\n\}/gm, random)
  await writeFile(file, changed)
  const explain = join(folder, 'support', 'verdicts', 'explain.ts')
  await writeFile(
    explain,
    (await readFile(explain, 'utf8')).replace(
      'a request in this check got no response or only a transient error, such as 503.',
      'random',
    ),
  )
  return { folder, isChanged: changed !== text }
})

test('no verdict, result or retry depends on the wording of a sentence', async ({
  runSuite,
  cloneWithRandomSentences: clone,
}) => {
  const run = async (folder?: string) => {
    let writes = 0
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
          // The first write fails with a transient error, so its check is repeated.
          if (++writes === 1) return { status: 503, body: errorBody('', 'SlowDown') }
          delete headers['if-none-match']
          return undefined
        },
      },
    })
    const { checks } = readResult(join(results, 'results.json'))
    const verdicts = Object.entries(meta).map(([title, { verdict, deviation }]) => [
      title,
      verdict,
      deviation?.observed,
    ])
    const judged = verdicts.filter(([, verdict]) => verdict !== undefined)
    return { code, checks, verdicts, isRepeated: writes === judged.length + 1 }
  }
  const [plain, random] = [await run(), await run(clone.folder)]

  expect(clone.isChanged).toBe(true)
  expect(random).toEqual(plain)
  expect(plain).toMatchObject({ isRepeated: true, checks: { [id(TAKEN)]: { verdict: 'known deviation' } } })
})
