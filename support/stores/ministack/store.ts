import { fileURLToPath } from 'node:url'
import { discardPython, findPython, installedPython, installPython } from '../../install/python'
import { getJson, type Store } from '../store'

const VERSION = '1.5.33'

const installation = {
  name: `ministack-${VERSION}`,
  requirements: fileURLToPath(new URL('./requirements.txt', import.meta.url)),
}

export const ministack: Store = {
  name: 'ministack',
  title: 'MiniStack',
  lacks: {
    website: 'MiniStack has no website endpoints',
    'directory-bucket': 'MiniStack has no directory buckets',
    'bucket-policy': 'MiniStack enforces no policies',
    guest: 'MiniStack is started with the credentials of one caller',
    faults: 'MiniStack cannot be asked for a fault',
    kms: 'MiniStack has no key of its own for S3',
  },
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },

  async identify(endpoint) {
    const health = await getJson(`${endpoint}/_ministack/health`)
    return typeof health?.version === 'string' ? health.version : undefined
  },

  process: {
    remedy: 'install Python 3.10 or later, https://www.python.org/downloads',

    async install(watcher) {
      const python =
        (await installedPython(installation)) ??
        (await installPython(installation, await findPython([[3, 10]], 'MiniStack'), watcher))
      return {
        version: VERSION,
        command: (port, folder) => ({
          file: python,
          args: ['-m', 'ministack'],
          env: { GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', LOG_LEVEL: 'WARNING', TMPDIR: folder },
        }),
        discard: () => discardPython(installation),
      }
    },

    async ready(endpoint) {
      return (await getJson(`${endpoint}/_ministack/health`)) !== undefined
    },
  },
}
