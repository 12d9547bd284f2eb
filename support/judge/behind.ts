import { type Exchange, exchangeOf, isAccepted, isWrite, summarise } from '../exchange/record'
import { before, difference, lookAgain } from '../fixtures/objects'
import { type Subject, subjectsOf } from '../fixtures/subjects'
import { listParts } from '../fixtures/uploads'

/** Whether a request is about a key: its path ends with it, or its body names it. On Amazon S3 the path has no bucket. */
export function isAbout({ request: { path, keys = [] } }: Exchange, key: string): boolean {
  const [where = ''] = path.split('?')
  return where.endsWith(`/${key.split('/').map(encodeURIComponent).join('/')}`) || keys.includes(key)
}

/** Whether a matcher has looked at what a fixture made after the spec's last write. */
function isLookedAt({ made, key }: Subject, exchanges: readonly Exchange[]): boolean {
  const look = 'UploadId' in made ? 'ListParts' : 'GetObject'
  const last = exchanges.findLastIndex((exchange) => exchange.by === 'spec' && isWrite(exchange))
  return exchanges
    .slice(last)
    .some((exchange) => exchange.by === 'matcher' && exchange.operation === look && isAbout(exchange, key))
}

/**
 * Looks at what the fixtures of a test have made, the test itself has not looked at, and no accepted request of it has
 * changed: what is another there has changed behind a refusal. Nothing is sent for a test that wrote nothing.
 * @returns the changes, in the words of the matchers
 */
export async function changesBehind(test: object, exchanges: readonly Exchange[]): Promise<string[]> {
  const sent = exchanges.filter((exchange) => exchange.by === 'spec' && isWrite(exchange))
  if (sent.length === 0) return []
  const isChanged = ({ key, since }: Subject) =>
    exchanges.slice(since).some((exchange) => sent.includes(exchange) && isAccepted(exchange) && isAbout(exchange, key))
  const unseen = subjectsOf(test).filter((subject) => !isChanged(subject) && !isLookedAt(subject, exchanges))
  const changes = await Promise.all(unseen.map(({ made }) => changeOf(made)))
  return [...new Set(changes.filter((change) => change !== undefined))]
}

async function changeOf(made: object): Promise<string | undefined> {
  try {
    if (!('UploadId' in made)) return difference(before(made), await lookAgain(made))
    const parts = await listParts(made)
    if (parts?.length === 0) return undefined
    return parts ? `it has the parts ${JSON.stringify(parts)}` : 'it is gone'
  } catch (error) {
    const exchange = exchangeOf(error)
    return exchange && `it cannot be looked at: ${summarise(exchange)}`
  }
}
