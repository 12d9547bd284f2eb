import { SetupError } from '../errors'
import { plural } from '../sentence'
import { processSettings } from '../targets/settings'
import type { Target } from '../targets/target'
import { parseCommandLine } from './command-line'

const USAGE = `Removes buckets left behind by runs that were killed, on Amazon S3 or at an endpoint.

  S3_TARGET=aws npm run clean
  S3_ENDPOINT=http://localhost:4566 npm run clean -- --older-than 2h --yes
  S3_TARGET=aws npm run clean -- --run 4f0k2m9x1a
  S3_TARGET=aws S3_ZONE=use1-az4 npm run clean        includes directory buckets

  --older-than   only buckets that are at least this old, such as 30m, 2h or 3d (default: 1h)
  --run          only buckets of one run, whatever their age; the id is the ten characters after s3cr- in a bucket name
  --yes          removes the buckets without asking; required if stdin is not a terminal`

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Matches only a complete id, so that an incomplete id is reported as invalid instead of matching no buckets. */
const RUN_ID = /^[a-z0-9]{10}$/

interface Selection {
  readonly description: string
  includes(bucket: { name: string; created: Date }): boolean
}

function select({ run, 'older-than': age = '1h' }: { run?: string; 'older-than'?: string }): Selection {
  if (run === undefined) {
    const milliseconds = readAge(age)
    return {
      description: `older than ${age}`,
      includes: ({ created }) => Date.now() - created.getTime() >= milliseconds,
    }
  }
  if (!RUN_ID.test(run))
    throw new SetupError(
      `Invalid --run ${run}. Use the ten characters after s3cr- in a bucket name, such as 4f0k2m9x1a.`,
    )
  return { description: `run ${run}`, includes: ({ name }) => runOf(name) === run }
}

/** Returns the id of the run that created the bucket, or undefined if no run of this suite created it. */
function runOf(bucket: string): string | undefined {
  return /^s3cr-([a-z0-9]{10})-/.exec(bucket)?.[1]
}

/** @returns the age in milliseconds */
function readAge(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (!count || !unit)
    throw new SetupError(`Invalid --older-than ${text}. Use a number with a unit, such as 30m, 2h or 3d.`)
  return Number(count) * (UNITS[unit] ?? Number.NaN)
}

const OPTIONS = {
  'older-than': { type: 'string' },
  run: { type: 'string' },
  yes: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** @returns the exit code */
async function clean(): Promise<number> {
  const { values } = parseCommandLine({ options: OPTIONS }, USAGE)
  if (values.help) {
    console.log(USAGE)
    return 0
  }
  const selection = select(values)
  const target = await findTarget()
  if (!target) {
    console.log('Nothing to clean: stores that a run starts are removed when the run ends.')
    console.log('To clean Amazon S3 or a store that you run yourself, set S3_TARGET=aws or S3_ENDPOINT.')
    return 0
  }
  // These modules are imported lazily because they import the SDK, which is slow to load.
  const [{ connect, PATIENT }, { listSuiteBuckets }, { removeBucket }, { hasDirectoryBuckets }, { reasonOf }] =
    await Promise.all([
      import('../targets/target'),
      import('../targets/buckets'),
      import('../targets/remove-bucket'),
      import('../targets/directory-buckets'),
      import('../targets/s3-errors'),
    ])
  const client = connect(target, { ...PATIENT, followRegionRedirects: true })
  const all = await listSuiteBuckets(client, undefined, hasDirectoryBuckets(target))
  const buckets = all.filter((bucket) => runOf(bucket.name) && selection.includes(bucket))
  const store = target.endpoint ?? 'Amazon S3'
  if (buckets.length === 0) {
    console.log(`Nothing to clean: found no buckets created by this suite on ${store} (${selection.description}).`)
    return 0
  }
  console.log(`Found ${plural(buckets.length, 'bucket')} created by this suite on ${store} (${selection.description}):`)
  for (const { name, created } of buckets) console.log(`  ${name}  created ${created.toISOString()}`)
  if (!values.yes && !(await isConfirmed(buckets.length))) return 0

  let failed = 0
  for (const { name } of buckets) {
    try {
      await removeBucket(client, name)
      console.log(`removed ${name}`)
    } catch (error) {
      failed += 1
      console.error(`Could not remove ${name}: ${reasonOf(error)}`)
    }
  }
  return failed > 0 ? 1 : 0
}

/** Finds the target without creating buckets. Returns undefined for a store that each run starts and stops. */
async function findTarget(): Promise<Target | undefined> {
  const settings = processSettings()
  // A run id is used only in the names of buckets that a run creates. `clean` is a placeholder, because this tool
  // creates no buckets.
  if (settings.target === 'endpoint') return (await import('../targets/endpoint')).findEndpoint(settings, 'clean')
  if (settings.target === 'aws') return (await import('../targets/aws')).findAws(settings, 'clean')
}

async function isConfirmed(buckets: number): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log(
      'Nothing was removed: the removal cannot be confirmed, because stdin is not a terminal. To remove the buckets without confirmation, add --yes.',
    )
    return false
  }
  const { confirm } = await import('@clack/prompts')
  const confirmation = await confirm({
    message: `Delete ${plural(buckets, 'bucket')} and their contents?`,
    initialValue: false,
  })
  if (confirmation !== true) console.log('Nothing was removed.')
  return confirmation === true
}

try {
  process.exitCode = await clean()
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
