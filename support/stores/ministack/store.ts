import { fileURLToPath } from 'node:url'
import {
  discardPython,
  findPython,
  installedPython,
  installPython,
  type PythonPackages,
  type Version,
} from '../install/python'
import { getJson, type Store } from '../store'

const VERSION = '1.5.33'

const OLDEST_PYTHON: Version = [3, 10]

const installation: PythonPackages = {
  name: `ministack-${VERSION}`,
  requirements: fileURLToPath(new URL('./requirements.txt', import.meta.url)),
}

export const ministack: Store = {
  name: 'ministack',
  title: 'MiniStack',
  unsupported: {
    website: 'MiniStack has no website endpoints',
    'directory-bucket': 'MiniStack has no directory buckets',
    'bucket-policy': 'MiniStack does not enforce policies',
    signature: 'MiniStack does not verify signatures',
    kms: 'MiniStack has no AWS managed key for S3',
  },
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },

  async identify(endpoint) {
    const health = await getJson(`${endpoint}/_ministack/health`)
    return typeof health?.version === 'string' ? health.version : undefined
  },

  process: {
    remedy: 'install Python 3.10 or later from https://www.python.org/downloads',

    python: OLDEST_PYTHON,

    async install(watcher, only) {
      const packages = only ? { ...installation, python: only } : installation
      const python =
        (await installedPython(packages)) ??
        (await installPython(packages, only ?? (await findPython([OLDEST_PYTHON], 'MiniStack')), watcher))
      return {
        version: VERSION,
        command: (port, folder) => ({
          file: python,
          args: ['-m', 'ministack'],
          env: { GATEWAY_PORT: String(port), BIND_HOST: '127.0.0.1', LOG_LEVEL: 'WARNING', TMPDIR: folder },
        }),
        discard: () => discardPython(packages),
      }
    },

    async ready(endpoint) {
      return (await getJson(`${endpoint}/_ministack/health`)) !== undefined
    },
  },
}
