import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../paths'
import { localstack } from '../localstack/store'
import { getJson, type Store } from '../store'

/** That of this package: the store is its rules. */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

/**
 * LocalStack, which only stores, behind a proxy that evaluates every condition by `support/rules`; `support/proxy` has it.
 */
export const reference: Store = {
  name: 'reference',
  title: 'the reference store',
  lacks: {},
  version,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  guest: { accessKeyId: 'guest', secretAccessKey: 'guest' },
  behind: localstack,
  website: localstack.website,

  async identify(endpoint) {
    const health = await getJson(`${endpoint}/_reference/health`)
    return typeof health?.version === 'string' ? health.version : undefined
  },
}
