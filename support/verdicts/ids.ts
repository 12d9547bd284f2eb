import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromRoot, root } from '../paths'

/** Ids that checks have now, by path and title, and those that they were born with; results and links have the latter. */
const renamed: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'support', 'verdicts', 'aliases.json'), 'utf8'),
)

/** The id of a check: `write/if-none-match-star-never-overwrites/is-refused-once-the-key-holds-an-object`. */
export function checkId(file: string, title: string, ledger = renamed): string {
  const id = `${behaviourId(file)}/${slug(title)}`
  return ledger[id] ?? id
}

/** The id of a behaviour: the path of its spec below `specs`, without the ending. */
export function behaviourId(file: string): string {
  return fromRoot(file)
    .replace(/^specs\//, '')
    .replace(/\.spec\.ts$/, '')
}

/** The ids of all behaviours that there are. */
export function behaviours(): string[] {
  return readdirSync(join(root, 'specs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => behaviourId(join(root, 'specs', file)))
    .sort()
}

/** The behaviour that a check was born in. */
export function behaviourOf(check: string): string {
  return check.slice(0, check.lastIndexOf('/'))
}

/** A title as a part of an id: `if-match-copies` for `If-Match: * copies`. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** The entries of a ledger in which two checks have one id, or that name a check that there is not. */
export function faultsOfLedger(ledger: Readonly<Record<string, string>>, current: readonly string[]): string[] {
  const ids = new Set(current)
  const births = Object.values(ledger)
  return [
    ...Object.keys(ledger).flatMap((id) => (ids.has(id) ? [] : `${id} is renamed, and no check has that name`)),
    ...births.flatMap((id, index) => (births.indexOf(id) < index ? `${id} is given twice` : [])),
    ...births.flatMap((id) => (ids.has(id) && !(id in ledger) ? `${id} is given to a check of another name` : [])),
  ]
}
