import { fileURLToPath } from 'node:url'
import { SetupError } from '../../errors'
import {
  discardPython,
  findPython,
  installedPython,
  installPython,
  isAtLeast,
  type Python,
  type PythonPackages,
  type Version,
} from '../install/python'
import { getJson, type Installed, type Store, type UnsupportedCapabilities } from '../store'

/** The last version whose container starts without an account token. */
const VERSION = '4.14.0'
/** LocalStack 4.14.0 does not run on Python versions older than this, although its package metadata allows them. */
const PYTHON: Version = [3, 13]
const VERSION_FOR_OLDER_PYTHON = '4.13.1'
/**
 * LocalStack 4.13.1 imports `datetime.UTC`, so it does not run on Python versions older than this, although its package
 * metadata allows them.
 */
const OLDEST_PYTHON: Version = [3, 11]

const REMARK = `version ${VERSION_FOR_OLDER_PYTHON}, because ${VERSION} needs Python 3.13`
/**
 * SSE-KMS works on Python 3.12, but counts as unsupported there too, because LocalStack 4.13.1 has a single baseline
 * for all Python versions.
 */
const UNSUPPORTED_BY_OLDER: UnsupportedCapabilities = {
  kms: `LocalStack ${VERSION_FOR_OLDER_PYTHON} returns 500 for PutObject with SSE-KMS on Python 3.11`,
}

interface Health {
  readonly version?: string
  readonly services?: { readonly s3?: string }
}

/** Loads S3 at startup and KMS on demand. S3 uses KMS for encryption. */
const environment = {
  SERVICES: 's3',
  EAGER_SERVICE_LOADING: '1',
  STRICT_SERVICE_LOADING: '0',
  DISABLE_EVENTS: '1',
  SKIP_SSL_CERT_DOWNLOAD: '1',
  DNS_ADDRESS: 'false',
  GATEWAY_SERVER: 'twisted',
  // Without this variable, LocalStack retries a failed call to its own KMS for up to ten seconds before it returns 500.
  DISABLE_BOTO_RETRIES: '1',
}

export const localstack: Store = {
  name: 'localstack',
  title: 'LocalStack',
  unsupported: {
    'directory-bucket': 'LocalStack has no directory buckets',
    'bucket-policy': 'LocalStack does not enforce policies',
    signature: 'LocalStack does not verify signatures',
  },
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  website: (bucket) => `${bucket}.s3-website.localhost.localstack.cloud`,

  container: {
    image: `localstack/localstack:${VERSION}`,
    version: VERSION,
    port: 4566,
    environment,
    loadClass: async () => (await import('@testcontainers/localstack')).LocalstackContainer,
  },

  async identify(endpoint) {
    const health: Health | undefined = await getJson(`${endpoint}/_localstack/health`)
    return health?.services?.s3 && health.version
  },

  process: {
    remedy: 'install Python 3.13 from https://www.python.org/downloads, or run: pyenv install 3.13',

    python: OLDEST_PYTHON,

    async install(watcher, only) {
      const newest = installation(VERSION, only)
      const installed = await installedPython(newest)
      if (installed) return startable(newest, installed, VERSION)
      const older = installation(VERSION_FOR_OLDER_PYTHON, only)
      const startableOlder = (python: string, remark = REMARK) => ({
        ...startable(older, python, VERSION_FOR_OLDER_PYTHON),
        remark,
        unsupported: UNSUPPORTED_BY_OLDER,
      })
      try {
        const python = only ?? (await findPython([PYTHON, OLDEST_PYTHON], 'LocalStack'))
        if (isAtLeast(python, PYTHON)) return startable(newest, await installPython(newest, python, watcher), VERSION)
        return startableOlder(await installPython(older, python, watcher))
      } catch (error) {
        // Even if Python is missing or the package index is unreachable, an older LocalStack version that is already
        // installed can run.
        const isMissing = error instanceof SetupError && error.missing !== undefined
        const installedOlder = isMissing ? await installedPython(older) : undefined
        if (!installedOlder) throw error
        return startableOlder(
          installedOlder,
          `version ${VERSION_FOR_OLDER_PYTHON}, because ${VERSION} cannot be installed`,
        )
      }
    },

    async ready(endpoint) {
      const health: Health | undefined = await getJson(`${endpoint}/_localstack/health`)
      return health?.services?.s3 === 'running'
    },
  },
}

function installation(version: string, python?: Python): PythonPackages {
  const requirements = fileURLToPath(new URL(`./requirements-${version}.txt`, import.meta.url))
  return { name: `localstack-${version}`, requirements, ...(python && { python }) }
}

function startable(from: PythonPackages, python: string, version: string): Installed {
  return {
    version,
    command: (port, folder) => ({
      file: python,
      args: ['-m', 'localstack.runtime.main'],
      env: { ...environment, GATEWAY_LISTEN: `127.0.0.1:${port}`, FILESYSTEM_ROOT: folder },
    }),
    discard: () => discardPython(from),
  }
}
