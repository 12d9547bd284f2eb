import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../paths'
import { ALIASES } from '../verdicts/ids'
import { MANIFEST, manifestOf } from '../verdicts/manifest'
import { collectChecks } from './collect'

test('the manifest has the checks of the specs; otherwise run `npm run docs`', async () => {
  const collected = await collectChecks()

  expect(collected.length).toBeGreaterThan(0)
  expect(
    readFileSync(join(root, MANIFEST), 'utf8'),
    `${MANIFEST} is out of date. If you renamed a spec or a title, first add the new id and the old id of each check to ` +
      `${ALIASES}, so that baselines and links stay valid. Then run npm run docs`,
  ).toBe(manifestOf(collected))
}, 60_000)
