import type { KeyPair, ReferenceStoreOptions } from './types.ts'

/** The options, with defaults for all omitted options except `log`. */
export type Settings = Required<Omit<ReferenceStoreOptions, 'log'>> & Pick<ReferenceStoreOptions, 'log'>

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''

type Check = readonly [isValid: (value: unknown) => boolean, advice: string]

const KEY_PAIR: Check = [
  (value) => {
    const { accessKeyId, secretAccessKey } = (value ?? {}) as Partial<KeyPair>
    return isText(accessKeyId) && /^[\w.-]+$/.test(accessKeyId) && isText(secretAccessKey)
  },
  "Use { accessKeyId, secretAccessKey }, both non-empty strings; accessKeyId may contain only letters, digits, '_', '.' and '-'",
]

const CHECKS: Readonly<Record<keyof ReferenceStoreOptions, Check>> = {
  port: [
    (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535,
    'Use a number from 1 to 65535, or omit the option. The default is a free port',
  ],
  host: [
    (value) => isText(value) && !/[\s/]/.test(value),
    'Use a host name or an IP address, or omit the option. The default is 127.0.0.1',
  ],
  region: [
    (value) => isText(value) && /^[a-z0-9-]+$/.test(value),
    "Use the name of a region such as 'eu-west-1', or omit the option. The default is us-east-1",
  ],
  owner: KEY_PAIR,
  secondUser: KEY_PAIR,
  faults: [
    (value) => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null),
    "Use an array such as [{ fault: 'conflict', operation: 'PutObject' }]",
  ],
  log: [(value) => typeof value === 'function', 'Use a function that accepts a string, such as console.log'],
  now: [
    (value) => {
      const date: unknown = typeof value === 'function' ? value() : undefined
      return date instanceof Date && !Number.isNaN(date.getTime())
    },
    'Use a function that returns a valid Date, such as () => new Date()',
  ],
  maxBytes: [
    (value) => Number.isSafeInteger(value) && Number(value) >= 1,
    'Use a positive whole number of bytes, or omit the option. The default is 2 GiB',
  ],
  verifySignatures: [(value) => typeof value === 'boolean', 'Use true or false'],
}

/** Returns advice on how to correct an option's value; undefined if the value is valid. */
export function adviceFor(name: keyof ReferenceStoreOptions, value: unknown): string | undefined {
  const [isValid, advice] = CHECKS[name]
  return isValid(value) ? undefined : advice
}

/**
 * Checks all options except the individual faults, and fills in the defaults. An undefined option counts as omitted.
 * @throws TypeError for an invalid option; the message names the option and its value, and says how to correct it
 */
export function settingsOf(options: ReferenceStoreOptions): Settings {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(
      `Invalid options: ${shown(options)}. Use an object such as { port: 4570 }, or omit the argument.`,
    )
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(CHECKS, name)) {
      throw new TypeError(`Unknown option ${name}: ${shown(value)}. Use one of ${Object.keys(CHECKS).join(', ')}.`)
    }
    const advice = value === undefined ? undefined : adviceFor(name as keyof ReferenceStoreOptions, value)
    if (advice !== undefined) throw new TypeError(`Invalid option ${name}: ${shown(value)}. ${advice}.`)
  }
  const {
    port = 0,
    host = '127.0.0.1',
    region = 'us-east-1',
    owner = { accessKeyId: 'test', secretAccessKey: 'test' },
    secondUser = { accessKeyId: 'guest', secretAccessKey: 'guest' },
    faults = [],
    log,
    now = () => new Date(),
    maxBytes = 2 * 1024 ** 3,
    verifySignatures = false,
  } = options
  if (owner.accessKeyId === secondUser.accessKeyId) {
    const advice = 'Use an accessKeyId that differs from owner.accessKeyId.'
    throw new TypeError(`Invalid option secondUser: ${shown(secondUser)}. ${advice}`)
  }
  return { port, host, region, owner, secondUser, faults, log, now, maxBytes, verifySignatures }
}

/** Formats a value for a message. Secrets are redacted, and a long value is truncated. */
function shown(value: unknown): string {
  let text: string | undefined
  try {
    const redact = (name: string, member: unknown) => (name === 'secretAccessKey' && isText(member) ? '…' : member)
    text = typeof value === 'function' ? 'a function' : JSON.stringify(value, redact)
  } catch {
    // `JSON.stringify` throws for circular references and bigints.
  }
  const whole = typeof value === 'number' ? String(value) : (text ?? String(value))
  return whole.length > 200 ? `${whole.slice(0, 200)}…` : whole
}
