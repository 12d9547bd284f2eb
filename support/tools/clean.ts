import { parseArgs } from 'node:util'
import { SetupError } from '../errors'
import { readSettings } from '../targets/settings'
import type { Target } from '../targets/target'

const USAGE = `Removes the buckets that killed runs have left, on Amazon S3 or at an endpoint.

  S3_TARGET=aws npm run clean
  S3_ENDPOINT=http://localhost:4566 npm run clean -- --older-than 2h --yes

  --older-than   only buckets of at least this age: 30m, 2h, 3d; 1h if not given
  --yes          do not ask; without it and without a terminal, nothing is removed`

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The prefix and a run's id: a bucket that merely begins alike is somebody else's. */
const OURS = /^s3cr-[a-z0-9]{10}-/

/** Milliseconds of an age such as `30m`, `2h` or `3d`. */
function readAge(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (!count || !unit) throw new SetupError(`--older-than ${text} is no age: write it like 30m, 2h or 3d.`)
  return Number(count) * (UNITS[unit] ?? Number.NaN)
}

/** @returns the exit code */
async function clean(args: string[]): Promise<number> {
  const { values } = parse(args)
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const age = readAge(values['older-than'])
  const target = await find()
  if (!target) {
    console.log('Nothing to clean: a store that a run starts itself goes with the run.')
    console.log('S3_TARGET=aws or S3_ENDPOINT names a place where runs can leave buckets.')
    return 0
  }
  // Not at the top: the SDK takes its time to load.
  const [{ connect }, { listSuiteBuckets, removeBucket }] = await Promise.all([
    import('../targets/target'),
    import('../targets/buckets'),
  ])
  const client = connect(target, { followRegionRedirects: true })
  const buckets = (await listSuiteBuckets(client)).filter(
    ({ name, created }) => OURS.test(name) && Date.now() - created.getTime() >= age,
  )
  const where = target.endpoint ?? 'Amazon S3'
  if (buckets.length === 0) {
    console.log(`Nothing to clean: ${where} has no buckets of this suite that are older than ${values['older-than']}.`)
    return 0
  }
  console.log(`${count(buckets.length)} of this suite at ${where}, older than ${values['older-than']}:`)
  for (const { name, created } of buckets) console.log(`  ${name}  made ${created.toISOString()}`)
  if (!values.yes && !(await confirmed(buckets.length))) return 0

  let failed = 0
  for (const { name } of buckets) {
    try {
      await removeBucket(client, name)
      console.log(`removed ${name}`)
    } catch (error) {
      failed += 1
      console.error(`${name} could not be removed: ${(error as Error).message}`)
    }
  }
  return failed > 0 ? 1 : 0
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'older-than': { type: 'string', default: '1h' },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new SetupError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

/** The target to clean; undefined for a store that a run starts itself. Nothing is created. */
async function find(): Promise<Target | undefined> {
  const settings = readSettings(process.env)
  // The run id is no run's: nothing is made here.
  if (settings.target === 'endpoint') return (await import('../targets/endpoint')).findEndpoint(settings, 'clean')
  if (settings.target === 'aws') return (await import('../targets/aws')).findAws(settings, 'clean')
}

async function confirmed(buckets: number): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('Nothing was removed: there is no terminal to ask at. Add --yes.')
    return false
  }
  const { confirm } = await import('@clack/prompts')
  const answer = await confirm({ message: `Delete ${count(buckets)} with all that is in them?`, initialValue: false })
  if (answer !== true) console.log('Nothing was removed.')
  return answer === true
}

function count(buckets: number): string {
  return buckets === 1 ? '1 bucket' : `${buckets} buckets`
}

try {
  process.exitCode = await clean(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
