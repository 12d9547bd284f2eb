import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../paths'
import { MANIFEST, manifestOf } from '../verdicts/manifest'
import { collectChecks } from './collect'

test('the manifest has the checks of the specs; otherwise run `npm run docs`', async () => {
  const collected = await collectChecks()

  expect(collected.length).toBeGreaterThan(0)
  expect(readFileSync(join(root, MANIFEST), 'utf8')).toBe(manifestOf(collected))
}, 60_000)
