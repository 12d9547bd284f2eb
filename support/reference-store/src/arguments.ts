import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { FAULTS, type Fault } from './core/fault.ts'
import { readFault } from './core/faults.ts'
import { settingsOf } from './options.ts'
import type { ReferenceStoreOptions } from './types.ts'

const USAGE = `Usage: s3-reference-store [options]

Starts an S3 in memory whose conditional requests return what Amazon S3 returns. Ctrl-C stops it.

  --port NUMBER         listen on this port; default: a free port
  --host ADDRESS        listen on this address; default: 127.0.0.1, which only this machine can reach
  --fault FAULT         inject a fault; can be repeated
  --verify-signatures   verify the signature of every request
  --quiet               print no line for each conditional request
  --help, -h            print this help
  --version             print the version

A fault is FAULT:OPERATION[:key=KEY][:bucket=BUCKET][:times=COUNT][:ms=MILLISECONDS]. The operation is named as in the
AWS SDK, or * for all. Percent-encode a colon in a key: %3A.
Faults: ${FAULTS.join(', ')}.

  s3-reference-store --port 4570 --fault conflict:PutObject:times=1 --fault 'latency:*:ms=200'
`

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  fault: { type: 'string', multiple: true },
  'verify-signatures': { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

const SEE_HELP = 'Run s3-reference-store --help for all options.'

/** An argument is wrong: the message names it, and the way out. */
export class UsageError extends Error {}

/** What the arguments ask for. */
export interface Arguments {
  readonly options: ReferenceStoreOptions
  readonly isQuiet: boolean
  /** Print this text, and start nothing. */
  readonly text?: string
}

/**
 * Reads the arguments of the command.
 * @throws UsageError with a message of one line
 */
export function readArguments(args: readonly string[]): Arguments {
  const { values, tokens } = parseArgs({
    ...{ args: [...args], options: OPTIONS },
    ...{ strict: false, allowPositionals: true, tokens: true },
  })
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`Unexpected argument ${shown(token.value)}. Options begin with --. ${SEE_HELP}`)
    }
    if (token.kind === 'option') checkOption(token.name, token.rawName, token.value)
  }
  const isQuiet = values.quiet === true
  if (values.help) return { options: {}, isQuiet, text: USAGE }
  if (values.version) return { options: {}, isQuiet, text: `${versionOf()}\n` }
  const { port, host, fault = [] } = values as { port?: string; host?: string; fault?: string[] }
  const options = {
    ...(port !== undefined && { port: portOf(port) }),
    ...(host !== undefined && { host: hostOf(host) }),
    faults: fault.map(faultOf),
    verifySignatures: values['verify-signatures'] === true,
  }
  return { options, isQuiet }
}

function checkOption(name: string, rawName: string, value: string | undefined): void {
  if (!Object.hasOwn(OPTIONS, name)) throw new UsageError(`Unknown option ${shown(rawName)}. ${SEE_HELP}`)
  const takesValue = OPTIONS[name as keyof typeof OPTIONS].type === 'string'
  if (takesValue && value === undefined) throw new UsageError(`${rawName} needs a value. ${SEE_HELP}`)
  if (!takesValue && value !== undefined) {
    throw new UsageError(`Invalid ${rawName}=${shown(value)}. ${rawName} takes no value: write ${rawName}, or omit it.`)
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new UsageError(`Invalid --port ${shown(text)}. Use a number from 1 to 65535, or omit it to pick a free port.`)
}

function hostOf(text: string): string {
  try {
    return settingsOf({ host: text }).host
  } catch {
    const wayOut = 'Use a host name or an IP address, or omit it to listen on 127.0.0.1.'
    throw new UsageError(`Invalid --host ${shown(text)}. ${wayOut}`)
  }
}

function faultOf(text: string): Fault {
  try {
    return readFault(text)
  } catch (error) {
    const { message } = error as Error
    const prefix = `Invalid fault ${text}: `
    const why = message.startsWith(prefix) ? message.slice(prefix.length) : `${message}.`
    throw new UsageError(`Invalid --fault ${shown(text)}: ${why}`)
  }
}

/** A value in a message of one line. */
function shown(value: string): string {
  return /^[^\s\p{C}"]+$/u.test(value) ? value : JSON.stringify(value)
}

function versionOf(): string {
  return createRequire(import.meta.url)('../package.json').version
}
