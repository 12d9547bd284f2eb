import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../paths'
import { getJson, type Store } from '../store'

const manifest = join(root, 'support', 'reference-store', 'package.json')
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }

/** The in-memory store from the package `support/reference-store`, which follows the rules of Amazon S3. */
export const reference: Store = {
  name: 'reference',
  title: 'the reference store',
  unsupported: {},
  version,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  secondUser: { accessKeyId: 'guest', secretAccessKey: 'guest' },
  website: (bucket) => `${bucket}.s3-website.localhost`,

  async identify(endpoint) {
    const health = await getJson(`${endpoint}/_reference/health`)
    return typeof health?.version === 'string' ? health.version : undefined
  },

  thread: { module: new URL('./worker.ts', import.meta.url) },
}
