import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { SetupError } from '../errors'
import { root } from '../paths'
import { readSettings } from '../targets/settings'
import { parseResult, type Result, textOf } from './result-file'
import type { Pin } from './verdict'

/** Name and version of a store. */
export type Named = Pick<Result['store'], 'name' | 'version'>

const STORES = join(root, 'support', 'stores')

/** Where the baseline of a store's version is committed. */
export function baselineFile({ name, version }: Named, folder = STORES): string {
  return join(folder, safe(name), `${safe(version)}.json`)
}

/** A name as a part of a file's name. */
function safe(name: string): string {
  return name.replace(/[^\w.-]/g, '_')
}

/** Where the baseline of a run's own store is: with `S3_BASELINE` in another project. */
export function ownBaselineFile(store: Named, env = process.env): string {
  return readSettings(env).baseline ?? baselineFile(store)
}

/**
 * Reads a baseline; undefined if there is none yet.
 * @throws SetupError that says what is wrong with it
 */
export function readBaseline(file: string): Result | undefined {
  return existsSync(file) ? parseResult(readFileSync(file, 'utf8'), shown(file), 'baseline') : undefined
}

/**
 * Reads the baseline of a run's own store.
 * @throws SetupError that says what is wrong with it, and names S3_BASELINE if that names the file
 */
export function readOwnBaseline(store: Named, env = process.env): Result | undefined {
  try {
    return readBaseline(ownBaselineFile(store, env))
  } catch (error) {
    if (!env.S3_BASELINE || !(error instanceof SetupError)) throw error
    const wayOut = 'Write a baseline with npm run baseline, or unset S3_BASELINE.'
    throw new SetupError(`S3_BASELINE=${env.S3_BASELINE} cannot be read. ${wayOut}\n${error.message}`)
  }
}

/**
 * Reads the result of a run.
 * @throws SetupError that says what is wrong with it
 */
export function readResult(file: string): Result {
  return parseResult(readFileSync(file, 'utf8'), shown(file))
}

/** Writes a result, all of it or nothing: who reads at the same time sees the old one. */
export function writeResult(file: string, result: Result): void {
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, textOf(result))
  renameSync(unfinished, file)
}

/** The committed baselines of all stores and versions, or of one store, by name and version. */
export function readBaselines({ store = '', folder = STORES } = {}): Result[] {
  const below = join(folder, safe(store))
  if (!existsSync(below)) return []
  return readdirSync(below, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((file) => parseResult(readFileSync(join(below, file), 'utf8'), shown(join(below, file)), 'baseline'))
}

/** The deviations in a baseline, by check. */
export function pinsIn(baseline?: Pick<Result, 'causes' | 'checks'>): Record<string, Pin> {
  return Object.fromEntries(
    Object.entries(baseline?.checks ?? {}).flatMap(([id, { verdict, observed = [], violated, rounds, cause = '' }]) => {
      if (verdict !== 'known deviation' && verdict !== 'unstable') return []
      const race = violated === undefined || rounds === undefined ? {} : { violated, rounds }
      return [[id, { verdict, observed, ...race, cause, why: '', ...baseline?.causes[cause] }]]
    }),
  )
}

/** A file as the user would name it. */
export function shown(file: string): string {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') ? file : path
}
