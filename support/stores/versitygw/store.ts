import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SetupError } from '../../errors'
import { discard, installed, installOnce, run, type Watcher } from '../../install/cache'
import type { Store } from '../store'

const VERSION = '1.8.0'
const NAME = `versitygw-${VERSION}`

const credentials = { accessKeyId: 'versitygw', secretAccessKey: 'versitygw-secret' }
const environment = { ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey }

export const versitygw: Store = {
  name: 'versitygw',
  title: 'versitygw',
  lacks: {
    website: 'versitygw serves websites on a port of its own, which is not started here',
    'directory-bucket': 'versitygw has no directory buckets',
  },
  credentials,

  async identify(endpoint) {
    const server = await fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).then(
      ({ headers }) => headers.get('server'),
      () => undefined,
    )
    return server === 'VERSITYGW' ? VERSION : undefined
  },

  container: {
    image: `versity/versitygw:v${VERSION}`,
    port: 7070,
    environment: {
      ...environment,
      VGW_PORT: ':7070',
      VGW_BACKEND: 'posix',
      VGW_BACKEND_ARG: '/srv/objects',
      VGW_VERSIONING_DIR: '/srv/versions',
      VGW_QUIET: 'true',
    },
    // Not in memory: the store needs extended attributes, which not every kernel has there.
    folders: ['/srv/objects', '/srv/versions'],
  },

  process: {
    async install(watcher) {
      const folder = (await installed(NAME)) ?? (await installOnce(NAME, watcher, (into) => goInstall(into, watcher)))
      return {
        version: VERSION,
        command: (port, data) => ({
          file: join(folder, 'versitygw'),
          args: [
            '--port',
            `127.0.0.1:${port}`,
            '--quiet',
            'posix',
            '--versioning-dir',
            join(data, 'versions'),
            join(data, 'objects'),
          ],
          env: environment,
        }),
        folders: ['versions', 'objects'],
        discard: () => discard(NAME),
      }
    },

    async ready(endpoint) {
      return (await versitygw.identify?.(endpoint)) !== undefined
    },
  },
}

async function goInstall(folder: string, watcher: Watcher): Promise<void> {
  await promisify(execFile)('go', ['version']).catch(() => {
    throw new SetupError(
      `versitygw is installed with Go, and no Go was found.\nWays on:\n  - install Go, https://go.dev/dl\n  - start Docker, and versitygw runs in a container\n  - start versitygw yourself, and set S3_ENDPOINT and the AWS variables`,
    )
  })
  watcher.log(`Building versitygw ${VERSION} with Go, once; this takes about a minute …`)
  await mkdir(folder, { recursive: true })
  await run(['go', 'install', `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`], watcher, {
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
  })
}
