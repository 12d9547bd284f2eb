import type { Expectation, Finding, KeyContent, Observation, ResponseFields } from './observation'

// Turns observations and expectations into sentences. The sentences are for display only: no code parses them.

/** Summarises a response: `PutObject failed with 412 PreconditionFailed (Condition: If-Match)`. */
export function responseSentence({ operation, ...response }: ResponseFields): string {
  return words(operation, returned(response))
}

function returned({ status, code, condition, header, body }: Omit<ResponseFields, 'operation'>): string {
  if (status === undefined) return 'got no response'
  const error = [
    code,
    condition && `(Condition: ${condition})`,
    header && `(Header: ${header})`,
    body === 'not XML' && 'and a body that is not XML',
  ]
  if (body === 'error in success') return words(`returned ${status} with the error`, ...error)
  if (status >= 400) return words(`failed with ${status}`, ...error)
  return words(
    `returned ${status}`,
    ...error,
    body === 'unreadable by the SDK' && 'with a body that the SDK cannot read',
  )
}

/**
 * Describes in one sentence how a store behaved: first the responses, then the details that differ from Amazon S3,
 * and then the state of the key.
 * @param options `operations: false` omits the names of the operations
 */
export function sentenceOf(observed: readonly Observation[], { operations = true } = {}): string {
  const rank = (one: Observation) => ORDER.indexOf(one.kind)
  return [...observed]
    .sort((a, b) => rank(a) - rank(b))
    .map((one) => (one.kind === 'response' && !operations ? returned(one) : clause(one)))
    .join('; ')
}

const ORDER: readonly Observation['kind'][] = [
  'race',
  'response',
  'loser',
  'connection',
  'element',
  'header',
  'member',
  'entry',
  'etag',
  'checksum',
  'outcome',
  'assertion',
  'object',
  'versions',
  'parts',
  'look',
]

const CONTENT: Readonly<Record<KeyContent, string>> = {
  nothing: 'no object exists under the key',
  'delete marker': 'the current version of the key is a delete marker',
  object: 'an object exists under the key',
  'other bytes': 'the object does not contain the expected bytes',
  'bytes from before': 'the object still contains its previous bytes',
  'bytes of a failed writer': 'the object contains the bytes that a failed request sent',
  'bytes that no writer sent': 'the object contains bytes that no client sent',
}
const CHANGED = { bytes: 'bytes', etag: 'ETag', metadata: 'metadata', 'last-modified': 'Last-Modified' } as const
const DIFFERS = {
  missing: 'is missing',
  other: 'is not as expected',
  unexpected: 'is unexpected',
  same: 'has a forbidden value',
} as const
const ETAG = {
  missing: 'the ETag is missing',
  unquoted: 'the ETag has no quotes',
  other: 'the ETag is not the MD5 of the bytes',
  MD5: 'the ETag is the MD5 of the bytes',
} as const

function clause(one: Observation): string {
  switch (one.kind) {
    case 'response':
      return responseSentence(one)
    case 'loser':
      return `a request that did not win: ${responseSentence(one)}`
    case 'look':
      return `the key or upload could not be read: ${responseSentence(one)}`
    case 'connection':
      return `the connection failed with ${one.error}`
    case 'race':
      return one.winners === 'several' ? 'several requests succeeded' : 'no request succeeded'
    case 'element':
    case 'header':
    case 'member':
      return `${one.kind === 'header' ? 'the header ' : ''}${one.name} ${DIFFERS[one.is]}`
    case 'entry':
      return entry(one)
    case 'etag':
      return ETAG[one.is]
    case 'checksum':
      return 'the checksum does not match the bytes'
    case 'outcome':
      return 'the combined outcome of the requests is not as expected'
    case 'assertion':
      return `${one.matcher} failed (${ordinal(one.nth)} assertion in the test)`
    case 'object':
      return 'holds' in one ? CONTENT[one.holds] : `the object's ${CHANGED[one.changed]} changed`
    case 'versions':
      if ('changed' in one) return 'the list of versions changed'
      if ('gained' in one) return one.gained === 'none' ? 'no version was added' : 'more than one version was added'
      return `the key has ${counted(one)}`
    case 'parts':
      return one.parts === 'upload is gone'
        ? 'the upload no longer exists'
        : `the upload has the parts [${one.parts.join(', ')}]`
  }
}

function entry(one: Extract<Observation, { kind: 'entry' }>): string {
  if ('name' in one) return `the ${one.name} of an entry ${DIFFERS[one.is]}`
  if ('code' in one) return `the response reports the error ${one.code} for a key`
  return {
    missing: 'an entry is missing from the response',
    deleted: 'the response reports a key as deleted',
    unexpected: 'the response contains an unexpected entry',
  }[one.is]
}

/** Describes in one sentence how Amazon S3 behaves. */
export function expectedSentence(expected: Expectation): string {
  switch (expected.kind) {
    case 'failure': {
      const elements = Object.entries(expected.elements).map(([name, text]) => `${name}: ${text}`)
      const error = [words(expected.status, expected.code), ...elements].filter(Boolean).join(', ')
      return error ? `the request fails with ${error}` : 'the request fails'
    }
    case 'success':
      return expected.status === undefined ? 'the request succeeds' : `the request returns ${expected.status}`
    case 'not modified':
      return 'the request returns 304 Not Modified'
    case 'any response':
      return 'the request gets a response'
    case 'headers': {
      const headers = Object.entries(expected.headers).map(([name, value]) => {
        return value === null ? `no ${name}` : `${name}: ${value}`
      })
      return `the response has ${headers.join(', ')}`
    }
    case 'members': {
      const members = Object.entries(expected.members).map(([name, value]) => `${name}: ${value}`)
      return `the response ${expected.not ? 'does not have' : 'has'} ${members.join(', ')}`
    }
    case 'deleted': {
      const errors = Object.entries(expected.errors).map(([key, error]) => `${key}: ${error}`)
      return `the response lists [${expected.keys.join(', ')}] under Deleted and [${errors.join('; ')}] under Errors`
    }
    case 'unchanged':
      return 'nothing stored under the key changes'
    case 'body':
      return `the object contains the bytes ${JSON.stringify(expected.body.slice(0, 80))}${expected.body[80] ? '…' : ''}`
    case 'no object':
      return 'no object, version or delete marker exists under the key'
    case 'versions':
      return `the key has ${counted(expected)}`
    case 'parts':
      return `the upload has the parts [${expected.parts.join(', ')}]`
    case 'one winner':
      return `exactly one of ${expected.requests} concurrent requests succeeds`
    case 'losers':
      return `every request that does not win fails with ${expected.errors.join(' or ')}`
    case 'body sent by the winner':
      return 'the object contains exactly the bytes that the successful request sent'
    case 'one version more':
      return 'exactly one version or delete marker is added'
    case 'etag':
      return `the ETag is the quoted MD5 of the bytes, ${expected.md5}`
    case 'outcome':
      return `the outcome is ${expected.outcome}`
    case 'assertion':
      return expected.message
  }
}

/** Describes a failed assertion: the expected and the observed behaviour. */
export function findingSentence({ expected, observed, note }: Finding): string {
  if (expected.kind === 'assertion') return expected.message
  return `Amazon S3:  ${expectedSentence(expected)}\nThis store: ${sentenceOf(observed)}${note ? ` (${note})` : ''}`
}

function counted({ versions, deleteMarkers }: { versions: number; deleteMarkers: number }): string {
  return `${plural(versions, 'version')} and ${plural(deleteMarkers, 'delete marker')}`
}

function ordinal(n: number): string {
  const suffixes = { one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' }
  return `${n}${suffixes[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)]}`
}

/** Formats a count with its noun: `1 check`, `2 checks`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function words(...some: readonly (string | number | false | undefined)[]): string {
  return some.filter(Boolean).join(' ')
}
