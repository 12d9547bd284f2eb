import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from 'vitest'
import { checkProfile } from './profile'

const test = base.extend('files', async ({}, { onCleanup }) => {
  const folder = await mkdtemp(join(tmpdir(), 's3cr-profile-'))
  onCleanup(() => rm(folder, { recursive: true }))
  const files = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') }
  await writeFile(files.AWS_CONFIG_FILE, '[default]\nregion = eu-west-1\n[profile with sso]\n[profile "quoted"]\n')
  await writeFile(files.AWS_SHARED_CREDENTIALS_FILE, '[sandbox]\naws_access_key_id = hidden\n')
  return files
})

test('a profile of either file is there', ({ files }) => {
  for (const AWS_PROFILE of ['default', 'with sso', 'quoted', 'sandbox']) {
    expect(() => checkProfile({ ...files, AWS_PROFILE })).not.toThrow()
  }
})

test('one that is in neither is named, with those that there are', ({ files }) => {
  expect(() => checkProfile({ ...files, AWS_PROFILE: 'nope' })).toThrow(
    /^There is no profile named nope in .*config and .*credentials, only default, with sso, quoted, sandbox: /,
  )
})

test('none has to be there where credentials are set, or no profile is', ({ files }) => {
  expect(() => checkProfile({ ...files, AWS_PROFILE: 'nope', AWS_ACCESS_KEY_ID: 'id' })).not.toThrow()
  expect(() => checkProfile(files)).not.toThrow()
})

test('without any file it is said, too', () => {
  const missing = { AWS_CONFIG_FILE: '/nowhere/config', AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' }

  expect(() => checkProfile({ ...missing, AWS_PROFILE: 'nope' })).toThrow(/, and no profile at all: /)
})
