import type { Settings } from '../targets/settings'
import type { Target } from '../targets/target'
import { isTruth } from '../verdicts/result-file'
import type { Run } from '../verdicts/run'
import { shown } from '../verdicts/stored-results'

/** How the user of a store without a baseline goes on. */
export function hints({ head: { store }, checks }: Run, { endpoint, results }: Settings, target?: Target): string[] {
  if (!endpoint || isTruth(store.name) || !checks.some(({ verdict }) => verdict === 'deviation')) return []
  const as = store.version === 'unknown' ? namedBy(store.name, target?.server) : `${store.name}@${store.version}`
  return [
    `Results: ${shown(results)}. To see a line: npm test -- LAST-COLUMN`,
    'To accept all of this as known, once you have read it:',
    `  S3_ENDPOINT=${endpoint} S3_STORE=${as} npm run baseline`,
  ]
}

/** A name and version for a store, by what it calls itself: `seaweedfs@4.48`. */
function namedBy(known: string, server = ''): string {
  const [name = 'name'] = known === 'unknown' ? (/^[a-z][\w-]*/i.exec(server) ?? []) : [known]
  const [version = 'version'] = server.match(/(?<![\w.])\d[\w.-]*\.[\w.-]+/g)?.slice(-1) ?? []
  return `${name.toLowerCase()}@${version}`
}
