import { parseArgs } from 'node:util'
import { SetupError } from '../errors'
import { plural } from '../sentence'
import { processSettings } from '../targets/settings'
import type { Target } from '../targets/target'

const USAGE = `Removes the buckets that killed runs have left, on Amazon S3 or at an endpoint.

  S3_TARGET=aws npm run clean
  S3_ENDPOINT=http://localhost:4566 npm run clean -- --older-than 2h --yes
  S3_TARGET=aws npm run clean -- --run 4f0k2m9x1a
  S3_TARGET=aws S3_ZONE=use1-az4 npm run clean        directory buckets, too

  --older-than   only buckets of at least this age: 30m, 2h, 3d; 1h if not given
  --run          only the buckets of this run, whatever their age: the ten characters behind s3cr-
  --yes          do not ask; without it and without a terminal, nothing is removed`

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A run's id, behind the prefix of a bucket: one that merely begins alike is somebody else's. */
const RUN_ID = /^[a-z0-9]{10}$/

/** Which of the suite's buckets are meant, and the words that say so. */
interface Selection {
  readonly words: string
  has(bucket: { name: string; created: Date }): boolean
}

function select({ run, 'older-than': age = '1h' }: { run?: string; 'older-than'?: string }): Selection {
  if (run === undefined) {
    const milliseconds = readAge(age)
    return { words: `older than ${age}`, has: ({ created }) => Date.now() - created.getTime() >= milliseconds }
  }
  if (!RUN_ID.test(run))
    throw new SetupError(`--run ${run} is no run: it has ten letters and digits, as in 4f0k2m9x1a.`)
  return { words: `of the run ${run}`, has: ({ name }) => runOf(name) === run }
}

/** The id of the run that made a bucket of this suite. */
function runOf(bucket: string): string | undefined {
  return /^s3cr-([a-z0-9]{10})-/.exec(bucket)?.[1]
}

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
  const selection = select(values)
  const target = await find()
  if (!target) {
    console.log('Nothing to clean: a store that a run starts itself goes with the run.')
    console.log('S3_TARGET=aws or S3_ENDPOINT names a place where runs can leave buckets.')
    return 0
  }
  // Not at the top: the SDK takes its time to load.
  const [{ connect, PATIENT }, { listSuiteBuckets, reasonOf, removeBucket }, { hasDirectoryBuckets }] =
    await Promise.all([
      import('../targets/target'),
      import('../targets/buckets'),
      import('../targets/directory-buckets'),
    ])
  const client = connect(target, { ...PATIENT, followRegionRedirects: true })
  const all = await listSuiteBuckets(client, undefined, hasDirectoryBuckets(target))
  const buckets = all.filter((bucket) => runOf(bucket.name) && selection.has(bucket))
  const where = target.endpoint ?? 'Amazon S3'
  if (buckets.length === 0) {
    console.log(
      `Nothing to clean: ${where} has no buckets of this suite ${values.run ? '' : 'that are '}${selection.words}.`,
    )
    return 0
  }
  console.log(`${plural(buckets.length, 'bucket')} of this suite at ${where}, ${selection.words}:`)
  for (const { name, created } of buckets) console.log(`  ${name}  made ${created.toISOString()}`)
  if (!values.yes && !(await confirmed(buckets.length))) return 0

  let failed = 0
  for (const { name } of buckets) {
    try {
      await removeBucket(client, name)
      console.log(`removed ${name}`)
    } catch (error) {
      failed += 1
      console.error(`${name} could not be removed: ${reasonOf(error)}`)
    }
  }
  return failed > 0 ? 1 : 0
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'older-than': { type: 'string' },
        run: { type: 'string' },
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
  const settings = processSettings()
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
  const answer = await confirm({
    message: `Delete ${plural(buckets, 'bucket')} with all that is in them?`,
    initialValue: false,
  })
  if (answer !== true) console.log('Nothing was removed.')
  return answer === true
}

try {
  process.exitCode = await clean(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
