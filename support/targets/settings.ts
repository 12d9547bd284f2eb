import { resolve } from 'node:path'
import { z } from 'zod'
import { SetupError } from '../errors'
import { results } from '../paths'
import type { Python } from '../stores/install/python'
import { CAPABILITIES, type UnsupportedCapabilities } from '../stores/store'
import { defaultStore, startable } from '../stores/stores'
import { mayFallBack } from './fallback'
import { profileComplaint } from './names'
import {
  checkBaseline,
  checkEndpoint,
  checkLacks,
  checkNames,
  checkResults,
  lacksIn,
  pythonIn,
  shown,
} from './validate'

/** The values of S3_TARGET: the stores that a run can start, and in which way, and what is there already. */
export const TARGETS = [
  ...startable.flatMap(({ name, container, process }) =>
    container && process ? [name, `${name}-container`, `${name}-process`] : [name],
  ),
  'reference',
  'endpoint',
  'aws',
]

/** Every setting of a run, an environment variable each; the README's table is made from it. */
export const SETTINGS = [
  {
    name: 'S3_TARGET',
    values: TARGETS.map((target) => `\`${target}\``).join(', '),
    meaning: 'where the suite and the scenario run',
    otherwise: `\`${defaultStore.name}\`: a container if Docker is available, otherwise a process. If this machine has neither Docker nor a Python to install it with: \`reference\`, except with \`CI=true\``,
  },
  {
    name: 'S3_ENDPOINT',
    values: '`http://localhost:4566`',
    meaning: 'a store that runs already; implies `S3_TARGET=endpoint`',
    otherwise: '',
  },
  {
    name: 'S3_STORE',
    values: '`name@version`',
    meaning: 'what runs at the endpoint, where it does not say so itself',
    otherwise: 'the store is asked',
  },
  {
    name: 'S3_PYTHON',
    values: '`python3.11`, or a path',
    meaning: 'the Python to install a store with; the store then runs as a process',
    otherwise: 'the first suitable one on the `PATH` or of pyenv',
  },
  {
    name: 'S3_UNSUPPORTED',
    values: `\`nothing\`, or some of ${Object.keys(CAPABILITIES)
      .map((capability) => `\`${capability}\``)
      .join(', ')}`,
    meaning:
      'what the store lacks, with commas: checks that need it are unsupported. `nothing`: do not probe the store',
    otherwise: 'what is known of the store; a store at an endpoint is probed',
  },
  {
    name: 'S3_BASELINE',
    values: 'a file',
    meaning: 'the baseline to compare with, and to write with `npm run baseline`',
    otherwise: '`support/stores/<store>/<version>.json`',
  },
  {
    name: 'S3_UPDATE_BASELINE',
    values: '`1`',
    meaning: 'writes what the store does to its baseline, instead of comparing; set by `npm run baseline`',
    otherwise: 'a run compares',
  },
  {
    name: 'S3_RESULTS',
    values: 'a file',
    meaning: 'where every run writes its results',
    otherwise: '`reports/results.json`',
  },
  {
    name: 'S3_DEVIATIONS',
    values: '`list`, `all`',
    meaning:
      'lists every known deviation at the end of a run; `all`: also every other one, with what went over the wire',
    otherwise: 'they are counted, and ten of the others are shown',
  },
  {
    name: 'S3_SECOND_USER_PROFILE',
    values: 'an AWS profile',
    meaning:
      'for `aws`: a second caller, a user or role of the same account that may do nothing but what policies of buckets allow',
    otherwise: 'checks that need one are unsupported',
  },
  {
    name: 'S3_ZONE',
    values: '`use1-az4`',
    meaning: 'for `aws`: the id of the zone of the region in which directory buckets are made',
    otherwise: 'checks that need one are unsupported',
  },
  {
    name: 'FAKER_SEED',
    values: 'a whole number',
    meaning: 'repeats the keys and contents of a run',
    otherwise: 'random, and printed',
  },
  {
    name: 'AWS_REGION, AWS_PROFILE, AWS_ACCESS_KEY_ID, …',
    values: 'as for every AWS SDK',
    meaning: 'for `aws` and `endpoint`',
    otherwise: "`endpoint`: `us-east-1` and the store's well-known credentials",
  },
] as const

export interface Settings {
  readonly target: string
  /** Whether the reference store may run instead if this machine can start no other: nobody has chosen a store. */
  readonly mayFallBack?: true
  /** Without a slash at the end. */
  readonly endpoint?: string
  readonly store?: { readonly name: string; readonly version: string }
  readonly seed?: number
  /** The only one to install a store with. */
  readonly python?: Python
  /** Of S3_UNSUPPORTED. Empty: the store is not probed. */
  readonly unsupported?: UnsupportedCapabilities
  /** File of the baseline; absent: the one of the store's version. It need not exist. */
  readonly baseline?: string
  /** Whether the run writes the baseline instead of comparing with it. */
  readonly updateBaseline?: true
  /** File that the run's results are written to. */
  readonly results: string
  /** AWS profile of the second caller, on Amazon S3. */
  readonly secondUserProfile?: string
  /** Zone of directory buckets, on Amazon S3. */
  readonly zone?: string
  /** Of the usual AWS variables. */
  readonly region?: string
  /** Whether the AWS variables hold credentials; without, an endpoint gets its store's well-known ones. */
  readonly hasCredentials: boolean
}

const like = (example: string) => z.string().min(1, `must not be empty: write it like ${example}, or leave it away`)

const environment = z.object({
  S3_TARGET: like(defaultStore.name)
    .pipe(
      z.enum(TARGETS, {
        error: `must be one of ${TARGETS.join(', ')}; without it, ${defaultStore.title} is started`,
      }),
    )
    .optional(),
  S3_ENDPOINT: like('http://localhost:4566').superRefine(checkEndpoint).optional(),
  S3_STORE: like('minio@2025.9.7')
    .regex(/^([\w-]+@[\w.-]+)?$/, 'must look like minio@2025.9.7')
    .optional(),
  S3_PYTHON: like('python3.11').optional(),
  S3_UNSUPPORTED: like('website,versioning').superRefine(checkLacks).optional(),
  S3_BASELINE: like('my-store.json').superRefine(checkBaseline).optional(),
  S3_UPDATE_BASELINE: like('1')
    .pipe(z.literal('1', { error: 'must be 1. Unset it to compare with the baseline' }))
    .optional(),
  S3_RESULTS: like('results.json').superRefine(checkResults).optional(),
  S3_DEVIATIONS: like('list')
    .pipe(z.enum(['list', 'all'], { error: 'must be list or all' }))
    .optional(),
  S3_SECOND_USER_PROFILE: like('guest').optional(),
  S3_ZONE: like('use1-az4')
    .regex(
      /^([a-z]{2,5}\d(-[a-z]{3}\d)?-az\d)?$/,
      'must be the id of a zone such as use1-az4, and not its name us-east-1a',
    )
    .optional(),
  FAKER_SEED: like('42')
    .regex(/^\d{0,15}$/, 'must be a whole number such as 42')
    .optional(),
  AWS_REGION: region(),
  AWS_DEFAULT_REGION: region(),
  AWS_ENDPOINT_URL_S3: z
    .string()
    .refine((value) => value === '' || URL.canParse(value), 'is not a URL; it must look like https://s3.example.com')
    .optional(),
})

function region() {
  return z
    .string()
    .regex(/^[\w-]*$/, 'is not a region; it must look like us-east-1')
    .optional()
}

/**
 * Reads the settings of a run.
 * @param env environment variables
 * @throws SetupError that names the variable, the value and what a right value looks like; never a secret
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  checkNames(env, Object.keys(environment.shape))
  const { data, error } = environment.safeParse(env)
  if (error) {
    const complaints = error.issues.map(
      ({ path: [name], message }) => `${String(name)}=${shown(env, String(name))} ${message}.`,
    )
    throw new SetupError(complaints.join('\n'))
  }
  const { S3_TARGET, S3_ENDPOINT, S3_STORE, S3_SECOND_USER_PROFILE, S3_ZONE } = data
  const target = S3_TARGET ?? (S3_ENDPOINT ? 'endpoint' : defaultStore.name)
  if (S3_ENDPOINT && target !== 'endpoint') {
    throw new SetupError(`S3_TARGET=${target} and S3_ENDPOINT contradict each other: leave one of them away.`)
  }
  if (target === 'endpoint' && !S3_ENDPOINT) {
    throw new SetupError('S3_TARGET=endpoint needs S3_ENDPOINT, for example S3_ENDPOINT=http://localhost:4566.')
  }
  if (S3_STORE && target !== 'endpoint' && target !== 'aws') {
    throw new SetupError(`S3_STORE=${S3_STORE} is for S3_TARGET=endpoint and aws, not ${target}. Unset one of them.`)
  }
  for (const [name, value] of Object.entries({ S3_SECOND_USER_PROFILE, S3_ZONE })) {
    if (value && target !== 'aws') {
      throw new SetupError(`${name}=${value} is about Amazon S3, and S3_TARGET is ${target}: leave it away.`)
    }
  }
  const { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret } = env
  if (target === 'endpoint' && Boolean(keyId) !== Boolean(secret)) {
    const missing = keyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID'
    throw new SetupError(`${missing} is missing: set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither.`)
  }
  const profile = (target === 'endpoint' || target === 'aws') && profileComplaint(env)
  if (profile) throw new SetupError(profile)
  const [name, version] = S3_STORE?.split('@') ?? []
  return {
    target,
    ...(mayFallBack(env) && { mayFallBack: true as const }),
    endpoint: S3_ENDPOINT?.replace(/\/$/, ''),
    ...(name && version && { store: { name, version } }),
    ...(data.FAKER_SEED && { seed: Number(data.FAKER_SEED) }),
    ...(data.S3_PYTHON && { python: pythonIn(data.S3_PYTHON, target) }),
    ...(data.S3_UNSUPPORTED && { unsupported: lacksIn(data.S3_UNSUPPORTED) }),
    ...(data.S3_BASELINE && { baseline: resolve(data.S3_BASELINE) }),
    ...(data.S3_UPDATE_BASELINE && { updateBaseline: true as const }),
    ...(S3_SECOND_USER_PROFILE && { secondUserProfile: S3_SECOND_USER_PROFILE }),
    ...(S3_ZONE && { zone: S3_ZONE }),
    results: data.S3_RESULTS ? resolve(data.S3_RESULTS) : results,
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION,
    hasCredentials: Boolean(keyId || env.AWS_PROFILE),
  }
}
