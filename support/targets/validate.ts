import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import leven from 'leven'
import { z } from 'zod'
import { SetupError } from '../errors'
import { isAtLeast, type Python, pythonAt } from '../stores/install/python'
import { CAPABILITIES, type Capability } from '../stores/store'
import { defaultStore, startable } from '../stores/stores'

/** The values of S3_TARGET. */
export const TARGETS = [...Object.keys(startable), 'reference', 'endpoint', 'aws']

/** Makes a variable optional, and stores an example of a valid value, which error messages show. */
function setting<T extends z.ZodType>(example: string, schema: T) {
  return schema.optional().meta({ example })
}

const text = z.string().min(1, 'expected a value')
const region = setting('us-east-1', z.string().regex(/^[\w-]*$/, 'expected a region'))

const NO_CREDENTIALS = 'expected a URL without credentials (set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)'

const origin = z
  .string()
  // This check comes first, because the text before an @ may contain a secret.
  .refine((value) => !value.includes('@'), NO_CREDENTIALS)
  .pipe(
    z
      .string()
      .refine(
        (value) => URL.canParse(value) && /^https?:\/\/[^/?#]+\/?$/i.test(value),
        'expected a URL that consists only of scheme, host and port',
      ),
  )

const unsupported = z
  .string()
  .transform((value) => (value === 'nothing' ? [] : value.split(',').map((name) => name.trim())))
  .pipe(
    z.array(
      z.enum(Object.keys(CAPABILITIES) as Capability[], {
        error: `expected "nothing", or one or more of ${Object.keys(CAPABILITIES).join(', ')}`,
      }),
    ),
  )

const baseline = text
  .refine((value) => isFolder(dirname(resolve(value))), 'its folder does not exist')
  .refine((value) => !isFolder(value), 'it is a folder')

const results = text
  .refine((value) => !isFolder(value), 'it is a folder')
  .superRefine((value, { addIssue }) => {
    try {
      mkdirSync(dirname(resolve(value)), { recursive: true })
    } catch (error) {
      addIssue({ code: 'custom', message: `its folder cannot be created (${(error as Error).message})` })
    }
  })

const environment = z.object({
  S3_TARGET: setting(defaultStore.name, z.enum(TARGETS)),
  S3_ENDPOINT: setting('http://localhost:4566', origin),
  S3_STORE: setting('minio@2025.9.7', z.string().regex(/^[\w-]+@[\w.-]+$/, 'expected name@version')),
  S3_PYTHON: setting('python3.13', text),
  S3_UNSUPPORTED: setting('website,versioning', unsupported),
  S3_BASELINE: setting('my-store.json', baseline),
  S3_UPDATE_BASELINE: setting('1', z.literal('1')),
  S3_RESULTS: setting('results.json', results),
  S3_DEVIATIONS: setting('list', z.enum(['list', 'all'])),
  S3_SECOND_USER_PROFILE: setting('guest', text),
  S3_ZONE: setting(
    'use1-az4',
    z.string().regex(/^[a-z]{2,5}\d(-[a-z]{3}\d)?-az\d$/, 'expected a zone id, not a zone name such as us-east-1a'),
  ),
  FAKER_SEED: setting('42', z.string().regex(/^\d{1,15}$/, 'expected a whole number')),
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ENDPOINT_URL_S3: setting(
    'https://s3.example.com',
    z.string().refine((value) => value === '' || URL.canParse(value), 'expected a URL'),
  ),
})

/** The names of all variables that are validated, including the `AWS_*` variables. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape)

/**
 * Validates each variable on its own. Contradictions between variables are found by `readSettings`.
 * @throws SetupError if a variable is unknown or invalid. The message lists these variables. For each invalid variable,
 * it shows the value, with secrets masked, and an example of a valid value.
 */
export function validate(env: NodeJS.ProcessEnv): z.infer<typeof environment> {
  const unknown = Object.keys(env).filter((name) => /^(S3|FAKER)_/i.test(name) && !VARIABLES.includes(name))
  const { data, error } = environment.safeParse(env)
  if (data && unknown.length === 0) return data
  const invalid = (error?.issues ?? []).map(({ path: [name], message }) => {
    const { example } = environment.shape[name as keyof typeof environment.shape].meta() ?? {}
    const reason = message.replace(/^Invalid \w+: /, '')
    return `Invalid ${String(name)}=${shown(env, String(name))}: ${reason}. Use a value such as ${example}, or unset it.`
  })
  throw new SetupError([...unknown.map((name) => messageOfUnknown(name)), ...invalid].join('\n'))
}

function messageOfUnknown(name: string): string {
  const distances = VARIABLES.map(
    (setting) => leven(name.toUpperCase(), setting) / Math.max(name.length, setting.length),
  )
  const nearest = VARIABLES[distances.indexOf(Math.min(...distances))]
  return `Unknown setting ${name}. Did you mean ${nearest}? Rename it, or unset it.`
}

/**
 * Returns the value of a variable for use in messages. In an endpoint URL, the credentials and the query are masked.
 */
function shown(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name] ?? ''
  return name.includes('ENDPOINT') ? value.replace(/^(https?:\/\/)?.*@/is, '$1***@').replace(/[?#].*/s, '?***') : value
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}

/**
 * Finds the Python interpreter that S3_PYTHON selects.
 * @throws SetupError if the interpreter does not run, if it is too old for the store, or if the target is a container
 */
export function pythonIn(value: string, target: string): Python {
  const setting = `S3_PYTHON=${value}`
  const python = pythonAt(value)
  if (!python) {
    throw new SetupError(
      `${setting} is not a working Python interpreter. Use a command or path such as python3.13, or unset S3_PYTHON.`,
    )
  }
  const { title, process } = startable[target]?.store ?? {}
  if (!process?.python) return python
  if (target.endsWith('-container')) {
    throw new SetupError(`${setting} and S3_TARGET=${target} contradict each other. Unset one of them.`)
  }
  if (isAtLeast(python, process.python)) return python
  const [version, oldest] = [python.version.join('.'), process.python.join('.')]
  throw new SetupError(
    `${setting} is Python ${version}. ${title} needs Python ${oldest} or later. Use a later version, or unset S3_PYTHON.`,
  )
}
