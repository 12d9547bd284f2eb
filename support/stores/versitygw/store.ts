import { join } from 'node:path'
import { discardGo, type GoProgram, installGo } from '../install/go'
import type { Store } from '../store'

const VERSION = '1.8.0'

const program: GoProgram = { name: 'versitygw', module: 'github.com/versity/versitygw/cmd/versitygw', version: VERSION }

const credentials = { accessKeyId: 'versitygw', secretAccessKey: 'versitygw-secret' }
/** versitygw identifies users by access key, and reads all users except the root account from a JSON file. */
const secondUser = { accessKeyId: 'guest', secretAccessKey: 'guest-secret', principal: 'guest' }
const account = { access: secondUser.accessKeyId, secret: secondUser.secretAccessKey, role: 'user' }
const accounts = JSON.stringify({ accessAccounts: { [secondUser.accessKeyId]: account } })
const environment = { ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey }

export const versitygw: Store = {
  name: 'versitygw',
  title: 'versitygw',
  unsupported: {
    website: 'versitygw serves websites only on a separate port, and the suite does not configure one',
    'directory-bucket': 'versitygw has no directory buckets',
    kms: 'versitygw does not encrypt objects',
    'sse-c': 'versitygw does not encrypt objects',
  },
  credentials,
  secondUser,

  async identify(endpoint) {
    const server = await fetch(endpoint, { signal: AbortSignal.timeout(2_000) }).then(
      ({ headers }) => headers.get('server'),
      () => undefined,
    )
    return server === 'VERSITYGW' ? 'unknown' : undefined
  },

  container: {
    image: `versity/versitygw:v${VERSION}`,
    version: VERSION,
    port: 7070,
    environment: {
      ...environment,
      VGW_PORT: ':7070',
      VGW_BACKEND: 'posix',
      VGW_BACKEND_ARG: '/srv/objects',
      VGW_VERSIONING_DIR: '/srv/versions',
      VGW_QUIET: 'true',
      VGW_IAM_DIR: '/srv/iam',
    },
    // These folders must not be on an in-memory file system, because the store needs extended attributes, which some
    // kernels do not support on such file systems.
    folders: ['/srv/objects', '/srv/versions'],
    files: { '/srv/iam/users.json': accounts },
  },

  process: {
    remedy: 'install Go from https://go.dev/dl',

    async install(watcher) {
      const file = await installGo(program, watcher)
      return {
        version: VERSION,
        command: (port, data) => ({
          file,
          args: [
            '--port',
            `127.0.0.1:${port}`,
            '--quiet',
            'posix',
            '--versioning-dir',
            join(data, 'versions'),
            join(data, 'objects'),
          ],
          env: { ...environment, VGW_IAM_DIR: join(data, 'iam') },
        }),
        folders: ['versions', 'objects', 'iam'],
        files: { 'iam/users.json': accounts },
        discard: () => discardGo(program),
      }
    },

    async ready(endpoint) {
      return (await versitygw.identify?.(endpoint)) !== undefined
    },
  },
}
