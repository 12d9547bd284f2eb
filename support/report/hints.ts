import type { Settings } from '../targets/settings'
import type { Target } from '../targets/target'
import type { Run } from '../verdicts/run'
import { displayPath } from '../verdicts/stored-results'
import { isAuthoritative } from '../verdicts/verdict'

/** Suggests what to do next after a run against a store without a baseline. */
export function hints({ head: { store }, checks }: Run, { endpoint, results }: Settings, target?: Target): string[] {
  if (!endpoint || isAuthoritative(store.name) || !checks.some(({ verdict }) => verdict === 'deviation')) return []
  const name =
    store.version === 'unknown' ? suggestedName(store.name, target?.server) : `${store.name}@${store.version}`
  return [
    `Results: ${displayPath(results)}. To rerun the checks in one of the lines above, pass its last column: npm test -- LAST-COLUMN`,
    'Review these deviations. Then create a baseline from them:',
    `  S3_ENDPOINT=${endpoint} S3_STORE=${name} npm run baseline`,
  ]
}

/** Suggests a name and version for a store, such as `seaweedfs@4.48`, from its Server header. */
function suggestedName(known: string, server = ''): string {
  const [name = 'name'] = known === 'unknown' ? (/^[a-z][\w-]*/i.exec(server) ?? []) : [known]
  const [version = 'version'] = server.match(/(?<![\w.])\d[\w.-]*\.[\w.-]+/g)?.slice(-1) ?? []
  return `${name.toLowerCase()}@${version}`
}
