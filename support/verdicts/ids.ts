import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromRoot, root } from '../paths'

export const ALIASES = 'support/verdicts/aliases.json'

/**
 * Maps the current id of each renamed check to its original id, which baselines and links still use. The current id is
 * derived from the check's current spec and title.
 */
export const aliases: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(root, ALIASES), 'utf8'))

/** Derives the id of a check from its spec and title: `write/if-match/put-object-with-if-match-succeeds`. */
export function checkId(file: string, title: string, known = aliases): string {
  const id = `${behaviourId(file)}/${slug(title)}`
  return known[id] ?? id
}

/** Returns the id of a behaviour: the path of its spec relative to `specs`, without the extension. */
export function behaviourId(file: string): string {
  return fromRoot(file)
    .replace(/^specs\//, '')
    .replace(/\.spec\.ts$/, '')
}

/** Lists the ids of all behaviours in the suite. */
export function behaviours(): string[] {
  return readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => behaviourId(join(root, 'specs', file)))
    .sort()
}

/**
 * Extracts the behaviour id from a check id. A check that has been moved keeps its id, so the result is the behaviour
 * to which the check originally belonged.
 */
export function behaviourOf(check: string): string {
  return check.slice(0, check.lastIndexOf('/'))
}

/** Converts a title to the last part of an id: `If-Match: * copies` becomes `if-match-copies`. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Returns messages about aliases that give two checks the same id, and about aliases that name an unknown check. */
export function aliasProblems(aliases: Readonly<Record<string, string>>, current: readonly string[]): string[] {
  const ids = new Set(current)
  const first = Object.values(aliases)
  return [
    ...Object.keys(aliases).flatMap((id) => (ids.has(id) ? [] : `${id} has an alias, but no check has this id`)),
    ...first.flatMap((id, index) => (first.indexOf(id) < index ? `${id} is the alias of two checks` : [])),
    ...first.flatMap((id) =>
      ids.has(id) && !(id in aliases) ? `${id} is the alias of one check and the id of another` : [],
    ),
  ]
}
