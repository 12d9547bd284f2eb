import { resolve } from 'node:path'
import { SetupError } from '../errors'
import { results } from '../paths'
import type { Python } from '../stores/install/python'
import { CAPABILITIES, type UnsupportedCapabilities } from '../stores/store'
import { defaultStore } from '../stores/stores'
import { mayFallBack } from './fallback'
import { pythonIn, TARGETS, validate } from './validate'

/**
 * The settings of a run. Each setting is an environment variable. The table in the README is generated from this list,
 * and `validate.ts` defines the valid values of each setting.
 */
export const SETTINGS = [
  {
    name: 'S3_TARGET',
    values: TARGETS.map((target) => `\`${target}\``).join(', '),
    meaning: 'the store that the suite and the scenario run against',
    otherwise: `\`${defaultStore.name}\`, in a container if Docker is available, otherwise as a process. If neither is possible on this machine, the default is \`reference\`; with \`CI=true\`, the run fails instead`,
  },
  {
    name: 'S3_ENDPOINT',
    values: '`http://localhost:4566`',
    meaning: 'a store that is already running; implies `S3_TARGET=endpoint`',
    otherwise: '',
  },
  {
    name: 'S3_STORE',
    values: '`name@version`',
    meaning: 'the name and version of the store at the endpoint, if the suite cannot identify the store',
    otherwise: 'the store is identified by its responses',
  },
  {
    name: 'S3_PYTHON',
    values: '`python3.11`, or a path',
    meaning: 'the Python interpreter used to install the store and run it as a process',
    otherwise: 'the first suitable Python on the `PATH` or in pyenv',
  },
  {
    name: 'S3_UNSUPPORTED',
    values: `\`nothing\`, or one or more of ${Object.keys(CAPABILITIES)
      .map((capability) => `\`${capability}\``)
      .join(', ')}`,
    meaning:
      'the capabilities that the store does not support, separated by commas; checks that need them are unsupported. The value `nothing` stands for an empty list; the run then does not probe which capabilities the store lacks',
    otherwise:
      'the capabilities that the store is known to lack. If `S3_TARGET` is `endpoint`, the run also probes which other capabilities the store lacks',
  },
  {
    name: 'S3_BASELINE',
    values: 'a file',
    meaning: 'the baseline file: a run compares the store with it, and `npm run baseline` writes it',
    otherwise: '`support/stores/<store>/<version>.json`',
  },
  {
    name: 'S3_UPDATE_BASELINE',
    values: '`1`',
    meaning: "updates the store's baseline instead of comparing the store with it; set by `npm run baseline`",
    otherwise: 'a run compares the store with its baseline',
  },
  {
    name: 'S3_RESULTS',
    values: 'a file',
    meaning: 'the file to which a run writes its results',
    otherwise: '`reports/results.json`',
  },
  {
    name: 'S3_DEVIATIONS',
    values: '`list`, `all`',
    meaning:
      '`list` lists all known deviations at the end of a run; `all` also shows all other deviations, with their requests and responses',
    otherwise: 'known deviations are only counted, and at most ten other deviations are shown',
  },
  {
    name: 'S3_SECOND_USER_PROFILE',
    values: 'an AWS profile',
    meaning:
      'for `aws`: the profile of a second user or role in the same account, whose only permissions come from bucket policies',
    otherwise: 'checks that need a second user are unsupported',
  },
  {
    name: 'S3_ZONE',
    values: '`use1-az4`',
    meaning: 'for `aws`: the id of the zone in which directory buckets are created',
    otherwise: 'checks that need a directory bucket are unsupported',
  },
  {
    name: 'FAKER_SEED',
    values: 'a whole number',
    meaning: 'the seed of a run; runs with the same seed use the same keys and contents',
    otherwise: 'a random seed, which is printed',
  },
  {
    name: 'AWS_REGION, AWS_PROFILE, AWS_ACCESS_KEY_ID, …',
    values: 'as in every AWS SDK',
    meaning: 'for `aws` and `endpoint`',
    otherwise: "`endpoint`: region `us-east-1` and the store's default credentials",
  },
] as const

export interface Settings {
  readonly target: string
  /** Whether the run may use the reference store if this machine cannot start the default store. */
  readonly mayFallBack: boolean
  /** The URL of a store, without a trailing slash. */
  readonly endpoint?: string
  readonly store?: { readonly name: string; readonly version: string }
  readonly seed?: number
  /** The Python interpreter that S3_PYTHON selects. The run uses no other interpreter. */
  readonly python?: Python
  /**
   * The capabilities that S3_UNSUPPORTED lists. If S3_UNSUPPORTED is `nothing`, this object is empty, and the run does
   * not probe the store for missing capabilities.
   */
  readonly unsupported?: UnsupportedCapabilities
  /**
   * The path that S3_BASELINE specifies. The file need not exist yet. If S3_BASELINE is not set, the baseline for the
   * store's version is used.
   */
  readonly baseline?: string
  /** Whether the run writes the baseline instead of comparing the store with it. */
  readonly updateBaseline: boolean
  /** The path of the file to which the run writes its results. */
  readonly results: string
  /** The AWS profile of the second user, used only for Amazon S3. */
  readonly secondUserProfile?: string
  /** The id of the zone for directory buckets, used only for Amazon S3. */
  readonly zone?: string
  readonly region?: string
  /**
   * Whether AWS_ACCESS_KEY_ID or AWS_PROFILE is set. If neither is set, a run against an endpoint uses the store's
   * default credentials.
   */
  readonly hasCredentials: boolean
}

let ofThisProcess: Settings | undefined

/**
 * Returns the settings of this process. Each instance of this module reads the settings only once. Vitest loads two
 * instances: one for the global setup and one for the reporter.
 */
export function processSettings(): Settings {
  ofThisProcess ??= readSettings(process.env)
  return ofThisProcess
}

/**
 * Reads and validates the settings of a run.
 * @throws SetupError if a setting is invalid or contradicts another one. The message names the variables, shows their
 * values with secrets masked, and explains how to correct them.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const values = validate(env)
  const { S3_TARGET, S3_ENDPOINT, S3_STORE, S3_SECOND_USER_PROFILE, S3_ZONE } = values
  const target = S3_TARGET ?? (S3_ENDPOINT ? 'endpoint' : defaultStore.name)
  if (S3_ENDPOINT && target !== 'endpoint') {
    throw new SetupError(`S3_TARGET=${target} and S3_ENDPOINT contradict each other. Unset one of them.`)
  }
  if (target === 'endpoint' && !S3_ENDPOINT) {
    throw new SetupError('S3_TARGET=endpoint needs S3_ENDPOINT, for example S3_ENDPOINT=http://localhost:4566.')
  }
  if (S3_STORE && target !== 'endpoint' && target !== 'aws') {
    throw new SetupError(
      `S3_STORE=${S3_STORE} applies only to S3_TARGET=endpoint or aws, not to ${target}. Unset S3_STORE or change S3_TARGET.`,
    )
  }
  for (const [name, value] of Object.entries({ S3_SECOND_USER_PROFILE, S3_ZONE })) {
    if (value && target !== 'aws') {
      throw new SetupError(
        `${name}=${value} applies only to S3_TARGET=aws, not to ${target}. Unset this setting or change S3_TARGET.`,
      )
    }
  }
  const { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret } = env
  if (target === 'endpoint' && Boolean(keyId) !== Boolean(secret)) {
    const missing = keyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'
    throw new SetupError(`${missing} is missing. Set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither.`)
  }
  const [name, version] = S3_STORE?.split('@') ?? []
  const capabilities = values.S3_UNSUPPORTED?.map((capability) => [capability, 'listed in S3_UNSUPPORTED'])
  return {
    target,
    mayFallBack: mayFallBack(env),
    endpoint: S3_ENDPOINT?.replace(/\/$/, ''),
    store: name && version ? { name, version } : undefined,
    seed: values.FAKER_SEED === undefined ? undefined : Number(values.FAKER_SEED),
    python: values.S3_PYTHON ? pythonIn(values.S3_PYTHON, target) : undefined,
    unsupported: capabilities && Object.fromEntries(capabilities),
    baseline: values.S3_BASELINE && resolve(values.S3_BASELINE),
    updateBaseline: values.S3_UPDATE_BASELINE !== undefined,
    results: values.S3_RESULTS ? resolve(values.S3_RESULTS) : results,
    secondUserProfile: S3_SECOND_USER_PROFILE,
    zone: S3_ZONE,
    region: values.AWS_REGION || values.AWS_DEFAULT_REGION,
    hasCredentials: Boolean(keyId || env.AWS_PROFILE),
  }
}
