import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { SetupError } from '../errors'
import type { KnownDeviation } from '../judge/verdict'
import { root } from '../paths'
import { readSettings } from '../targets/settings'
import { parseResult, type Result, textOf } from './format'

/** Name and version of a store. */
export type Named = Pick<Result['store'], 'name' | 'version'>

const STORES = join(root, 'support', 'stores')

/** Where the result of a store's version is committed. */
export function recordingFile({ name, version }: Named, folder = STORES): string {
  return join(folder, safe(name), `${safe(version)}.json`)
}

/** A name as a part of a file's name. */
function safe(name: string): string {
  return name.replace(/[^\w.-]/g, '_')
}

/** Where the known deviations of a run's own store stand, and are recorded: with `S3_KNOWN` in another project. */
export function knownFile(store: Named, env = process.env): string {
  return readSettings(env).known ?? recordingFile(store)
}

/**
 * Reads a recording; undefined where there is none yet.
 * @throws SetupError that says what is wrong with it
 */
export function readRecording(file: string): Result | undefined {
  return existsSync(file) ? parseResult(readFileSync(file, 'utf8'), shown(file), { recorded: true }) : undefined
}

/**
 * Reads what is known of a run's own store.
 * @throws SetupError that says what is wrong with it, and names S3_KNOWN where that names the file
 */
export function readKnown(store: Named, env = process.env): Result | undefined {
  try {
    return readRecording(knownFile(store, env))
  } catch (error) {
    if (!env.S3_KNOWN || !(error instanceof SetupError)) throw error
    const way = 'Write one with npm run record, or leave S3_KNOWN away.'
    throw new SetupError(`S3_KNOWN=${env.S3_KNOWN} cannot be read. ${way}\n${error.message}`)
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

/** The committed results of all stores and versions, or of one store, by name and version. */
export function readRecordings({ store = '', folder = STORES } = {}): Result[] {
  const below = join(folder, safe(store))
  if (!existsSync(below)) return []
  return readdirSync(below, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((file) => parseResult(readFileSync(join(below, file), 'utf8'), shown(join(below, file)), { recorded: true }))
}

/** The known deviations in a result, by check. */
export function deviationsIn(result?: Pick<Result, 'causes' | 'checks'>): Record<string, KnownDeviation> {
  return Object.fromEntries(
    Object.entries(result?.checks ?? {}).flatMap(([id, { verdict, observed, cause = '' }]) =>
      verdict === 'known deviation' && observed ? [[id, { observed, cause, why: '', ...result?.causes[cause] }]] : [],
    ),
  )
}

/** A file as the user would name it. */
export function shown(file: string): string {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') ? file : path
}
