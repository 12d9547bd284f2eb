import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, vi } from 'vitest'
import { checkProfile } from './profile'

const test = base.extend('files', { auto: true }, async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-profile-'))
  const [config, credentials] = [join(folder, 'config'), join(folder, 'credentials')]
  vi.stubEnv('AWS_CONFIG_FILE', config)
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', credentials)
  onCleanup(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  await writeFile(config, '[default]\nregion = eu-west-1\n[profile "quoted"]\nregion = eu-west-1\n')
  await writeFile(credentials, '[sandbox]\naws_access_key_id = hidden\n')
})

test.for(['default', 'quoted', 'sandbox'])('the profile %s exists', async (profile) => {
  vi.stubEnv('AWS_PROFILE', profile)

  await expect(checkProfile()).resolves.toBeUndefined()
})

test.for(['AWS_PROFILE', 'S3_SECOND_USER_PROFILE'] as const)(
  'a profile in %s that does not exist causes an error that lists the profiles',
  async (setting) => {
    vi.stubEnv(setting, 'nope')
    // The profile must exist even if AWS_ACCESS_KEY_ID is set, because the SDK prefers the profile.
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id')

    await expect(checkProfile(setting)).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringMatching(
        `^${setting}=nope names a profile that does not exist in .*config or .*credentials\\. Use one of default, quoted, sandbox, or unset the variable\\.$`,
      ),
    })
  },
)

test('no profile has to exist if none is selected', async () => {
  vi.stubEnv('AWS_PROFILE', undefined)

  await expect(checkProfile()).resolves.toBeUndefined()
})

test('the error suggests creating the profile if the files do not exist', async () => {
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials')
  vi.stubEnv('AWS_PROFILE', 'nope')

  await expect(checkProfile()).rejects.toThrow(
    'AWS_PROFILE=nope names a profile that does not exist in /nowhere/config or /nowhere/credentials. Create the profile with aws configure',
  )
})
