import { createVitest, type TestModule } from 'vitest/node'
import config from '../../vitest.config'
import { root } from '../paths'
import '../judge/meta'

/** Loads all specs without running them: without the project's global setup, so that no store is started. */
export async function collectSpecs(): Promise<TestModule[]> {
  const options = { root, config: false as const, watch: false, include: ['specs/**/*.spec.ts'] }
  const vitest = await createVitest(
    'test',
    { ...options, pool: 'threads', isolate: false },
    { resolve: config.resolve },
  )
  await vitest.collect()
  const found = vitest.state.getTestModules()
  await vitest.close()
  return found
}
