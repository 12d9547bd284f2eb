import { loadSharedConfigFiles } from '@smithy/core/config'
import { SetupError } from '../errors'

/**
 * Checks that an AWS profile exists. The SDK's own error would report only that credentials are missing.
 * @param setting the environment variable that names the profile
 * @throws SetupError if the profile does not exist; the message lists the configuration files and the profiles in them
 */
export async function checkProfile(setting: 'AWS_PROFILE' | 'S3_SECOND_USER_PROFILE' = 'AWS_PROFILE'): Promise<void> {
  const { [setting]: profile, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env
  if (!profile || profile === 'default') return
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  const profiles = Object.keys({ ...configFile, ...credentialsFile })
  if (profiles.includes(profile)) return
  const files = `${AWS_CONFIG_FILE || '~/.aws/config'} or ${AWS_SHARED_CREDENTIALS_FILE || '~/.aws/credentials'}`
  const wayOut =
    profiles.length > 0 ? `Use one of ${profiles.slice(0, 10).join(', ')}` : 'Create the profile with aws configure'
  throw new SetupError(
    `${setting}=${profile} names a profile that does not exist in ${files}. ${wayOut}, or unset the variable.`,
  )
}
