import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { SetupError } from '../errors'
import { root } from '../paths'
import { processSettings } from '../targets/settings'
import { parseResult, type Result, textOf } from './result-file'
import { type BaselineEntry, isKnown } from './verdict'

type StoreVersion = Pick<Result['store'], 'name' | 'version'>

const STORES = join(root, 'support', 'stores')

/** Returns the path of a store's committed baseline. */
export function baselineFile({ name, version }: StoreVersion, folder = STORES): string {
  return join(folder, safe(name), `${safe(version)}.json`)
}

/** Replaces all characters that are not safe in a file name. */
function safe(name: string): string {
  return name.replace(/[^\w.-]/g, '_')
}

/** Returns the path of the baseline for a run's store: `S3_BASELINE` if set, otherwise the committed baseline. */
export function ownBaselineFile(store: StoreVersion, baseline = processSettings().baseline): string {
  return baseline ?? baselineFile(store)
}

/**
 * Reads a baseline.
 * @returns undefined if the file does not exist
 * @throws SetupError if the file is not valid
 */
export function readBaseline(file: string): Result | undefined {
  return existsSync(file) ? parseResult(readFileSync(file, 'utf8'), displayPath(file), 'baseline') : undefined
}

/**
 * Reads the baseline for a run's store.
 * @throws SetupError if the baseline is not valid. The message names S3_BASELINE if it is set.
 */
export function readOwnBaseline(store: StoreVersion): Result | undefined {
  const { baseline } = processSettings()
  return baseline ? readSelectedBaseline(baseline) : readBaseline(baselineFile(store))
}

/**
 * Reads the baseline that S3_BASELINE selects.
 * @returns undefined if the file does not exist
 * @throws SetupError that names S3_BASELINE if the baseline is not valid
 */
export function readSelectedBaseline(file: string): Result | undefined {
  try {
    return readBaseline(file)
  } catch (error) {
    const wayOut = 'Write a baseline with npm run baseline, or unset S3_BASELINE.'
    throw new SetupError(`S3_BASELINE=${displayPath(file)} cannot be read. ${wayOut}\n${(error as Error).message}`)
  }
}

/** @throws SetupError if the file is not valid */
export function readResult(file: string): Result {
  return parseResult(readFileSync(file, 'utf8'), displayPath(file))
}

/** Writes a result atomically. */
export function writeResult(file: string, result: Result): void {
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, textOf(result))
  renameSync(unfinished, file)
}

/** Returns the committed baselines for all stores or for one store, sorted by name and version. */
export function readBaselines({ store = '', folder = STORES } = {}): Result[] {
  const below = join(folder, safe(store))
  if (!existsSync(below)) return []
  return readdirSync(below, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .flatMap((file) => readBaseline(join(below, file)) ?? [])
}

/** Returns the deviations in a baseline, by check id. */
export function baselineEntries(baseline?: Pick<Result, 'causes' | 'checks'>): Record<string, BaselineEntry> {
  return Object.fromEntries(
    Object.entries(baseline?.checks ?? {}).flatMap(([id, { verdict, observed = [], violated, rounds, cause = '' }]) => {
      if (!isKnown(verdict)) return []
      const race = violated === undefined || rounds === undefined ? {} : { violated, rounds }
      return [[id, { verdict, observed, ...race, cause, why: '', ...baseline?.causes[cause] }]]
    }),
  )
}

/** Returns the path to show in messages: a relative path if the file is below the working directory. */
export function displayPath(file: string): string {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') ? file : path
}
