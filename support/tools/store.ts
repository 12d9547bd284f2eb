import { parseArgs } from 'node:util'
import { SetupError } from '../errors'
import { FAULTS, readFault } from '../proxy/reference-faults'
import { reference } from '../stores/reference/store'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import type { RunningTarget } from '../targets/target'

const USAGE = `Starts an S3 on this machine whose conditional requests are right, for an application under test.

  npm run store -- --port 4570
  npm run store -- --fault conflict:PutObject:1 --fault latency:*:200ms

  --port    where it listens; a free port if not given
  --fault   ${FAULTS.join(', ')}, then the operation or *, and key=…, a count and a time:
            lost-answer:PutObject:key=a/b:1
  --quiet   no line for every conditional request

While it runs, POST a fault a line to /_reference/faults; GET lists those to come, DELETE ends them.
Ctrl-C ends it, and all that was stored.`

let target: RunningTarget | undefined
let isEnding = false

process.on('SIGINT', end).on('SIGTERM', end)
process.exitCode = await main(process.argv.slice(2))

/** Before it has started, the janitor cleans up. */
function end(): void {
  if (!target || isEnding) process.exit(isEnding ? 1 : 0)
  isEnding = true
  void target.stop().then(() => process.exit(0))
}

/** @returns the exit code, of a start that failed; what has started goes on until it is ended */
async function main(args: string[]): Promise<number> {
  try {
    const { port, fault = [], quiet, help } = parse(args)
    if (help) {
      console.log(USAGE)
      return 0
    }
    const options = {
      ...(port !== undefined && { port: portOf(port) }),
      faults: fault.map(readFault),
      ...(!quiet && { log: (line: string) => console.log(line) }),
    }
    const settings = readSettings({ S3_TARGET: reference.name })
    target = await startTarget(settings, (line) => console.log(line), options)
    console.log(said(target).join('\n'))
    return 0
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(error.message)
    return 1
  }
}

function said({ headline, endpoint, region, credentials }: RunningTarget): string[] {
  return [
    headline.replace('Running against', 'This is'),
    `AWS_ENDPOINT_URL_S3=${endpoint}`,
    `AWS_ACCESS_KEY_ID=${credentials?.accessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${credentials?.secretAccessKey}`,
    `AWS_REGION=${region}`,
    `Policies bind the caller with the key ${reference.guest?.accessKeyId} and the secret ${reference.guest?.secretAccessKey}.`,
    'ready',
  ]
}

function parse(args: string[]) {
  const options = {
    port: { type: 'string' },
    fault: { type: 'string', multiple: true },
    quiet: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new SetupError(`${(error as Error).message.split('. ')[0]}.\nTry: npm run store -- --help`)
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new SetupError(`--port ${text} is no port: write it like --port 4570, or leave it away for a free one.`)
}
