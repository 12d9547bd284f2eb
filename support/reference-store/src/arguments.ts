import { parseArgs } from 'node:util'
import { FAULTS, type Fault } from './core/fault.ts'
import { readFault } from './core/faults.ts'
import { quotedIfNeeded } from './core/values.ts'
import { version } from './http/control.ts'
import { adviceFor } from './options.ts'
import type { ReferenceStoreOptions } from './types.ts'

const USAGE = `Usage: s3-reference-store [options]

Starts an in-memory S3 store that evaluates conditional requests as Amazon S3 does. Press Ctrl-C to stop it.

  --port NUMBER         listen on this port; default: a free port
  --host ADDRESS        listen on this address; default: 127.0.0.1, which only this machine can reach
  --fault FAULT         inject a fault; can be repeated
  --verify-signatures   verify the signature of every request
  --quiet               do not print a line for each conditional request
  --help, -h            print this help
  --version             print the version

Format of FAULT: NAME:OPERATION[:key=KEY][:bucket=BUCKET][:times=COUNT][:ms=MILLISECONDS]
NAME is one of ${FAULTS.join(', ')}.
OPERATION is the name of an operation in the AWS SDK, or * for all operations. Percent-encode a colon in a key as %3A.

Example:
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

/**
 * Thrown for an invalid command-line argument. The single-line message names the argument and says how to correct it.
 */
export class UsageError extends Error {}

export interface Arguments {
  readonly options: ReferenceStoreOptions
  readonly isQuiet: boolean
  /** The text to print instead of starting a store, such as the help text. */
  readonly text?: string
}

/**
 * Parses the command-line arguments.
 * @throws UsageError if an argument is invalid
 */
export function readArguments(args: readonly string[]): Arguments {
  const values = valuesIn(args)
  const isQuiet = values.quiet === true
  if (values.help) return { options: {}, isQuiet, text: USAGE }
  if (values.version) return { options: {}, isQuiet, text: `${version()}\n` }
  const { port, host, fault = [] } = values
  const options = {
    ...(port !== undefined && { port: /^\d+$/.test(port) ? Number(port) : port }),
    ...(host !== undefined && { host }),
    verifySignatures: values['verify-signatures'] === true,
  }
  for (const [name, value] of Object.entries(options)) {
    const advice = adviceFor(name as keyof typeof options, value)
    if (advice !== undefined) throw new UsageError(`Invalid --${name} ${quotedIfNeeded(String(value))}. ${advice}.`)
  }
  return { options: { ...options, faults: fault.map(faultOf) } as ReferenceStoreOptions, isQuiet }
}

function valuesIn(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n')
    throw new UsageError(`${line.replace(/\.$/, '')}. Run s3-reference-store --help to list all options.`)
  }
}

function faultOf(text: string): Fault {
  try {
    return readFault(text, '--fault')
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
