import type { Expectation, Finding, Held, Observation, ResponseFields } from './observation'

// Sentences for people, made of observations and expectations when something is shown. No program reads them back.

/** A response in a few words: `PutObject failed with 412 PreconditionFailed (Condition: If-Match)`. */
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
    body === 'unreadable by the SDK' && 'and a body that the SDK cannot read',
  )
}

/**
 * What a store did, as one sentence: responses first, then what they lack, then what a look has shown.
 * @param options `operations: false` leaves out the operation of a response, if something else names it
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

const HELD: Readonly<Record<Held, string>> = {
  nothing: 'nothing',
  'delete marker': 'a delete marker',
  object: 'an object',
  'other bytes': 'other bytes',
  'bytes from before': 'the bytes from before',
  'bytes of a failed writer': 'the bytes of a client whose request failed',
  'bytes of no writer': 'bytes that no client sent',
}
const CHANGED = { bytes: 'bytes', etag: 'ETag', metadata: 'metadata', 'last-modified': 'Last-Modified' } as const
const DIFFERS = {
  missing: 'is missing',
  other: 'is different',
  unexpected: 'should not be there',
  same: 'is the same',
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
      return `one that did not win: ${responseSentence(one)}`
    case 'look':
      return `the key cannot be looked at: ${responseSentence(one)}`
    case 'connection':
      return `the connection failed with ${one.error}`
    case 'race':
      return one.winners === 'several' ? 'several concurrent requests succeeded' : 'no concurrent request succeeded'
    case 'element':
    case 'header':
    case 'member':
      return `${one.kind === 'header' ? 'the header ' : ''}${one.name} ${DIFFERS[one.is]}`
    case 'entry':
      return entry(one)
    case 'etag':
      return ETAG[one.is]
    case 'checksum':
      return 'the checksum is not that of the bytes'
    case 'outcome':
      return 'the outcome is different'
    case 'assertion':
      return `${one.matcher} failed, the ${ordinal(one.nth)} assertion of the test`
    case 'object':
      return 'holds' in one ? `the key holds ${HELD[one.holds]}` : `the ${CHANGED[one.changed]} of the object changed`
    case 'versions':
      if ('changed' in one) return 'other versions are listed'
      if ('gained' in one) return one.gained === 'none' ? 'no version was added' : 'several versions were added'
      return `the key has ${counted(one)}`
    case 'parts':
      return one.parts === 'upload is gone'
        ? 'the upload is gone'
        : `the upload has the parts [${one.parts.join(', ')}]`
  }
}

function entry(one: Extract<Observation, { kind: 'entry' }>): string {
  if ('name' in one) return `${one.name} of an entry ${DIFFERS[one.is]}`
  if ('code' in one) return `an entry failed with ${one.code}`
  return { missing: 'an entry is missing', deleted: 'an entry was deleted', unexpected: 'an entry was not asked for' }[
    one.is
  ]
}

/** What Amazon S3 does, as one sentence. */
export function expectedSentence(expected: Expectation): string {
  switch (expected.kind) {
    case 'failure': {
      const elements = Object.entries(expected.elements).map(([name, text]) => `${name}: ${text}`)
      const error = [words(expected.status, expected.code), ...elements].filter(Boolean).join(', ')
      return error ? `the request fails with ${error}` : 'the request fails'
    }
    case 'success':
      return `the request returns ${expected.status}`
    case 'not modified':
      return 'the request returns 304 Not Modified'
    case 'any response':
      return 'the store responds'
    case 'headers': {
      const headers = Object.entries(expected.headers)
      return `the response has ${headers.map(([name, value]) => (value === null ? `no ${name}` : `${name}: ${value}`)).join(', ')}`
    }
    case 'members': {
      const members = Object.entries(expected.members).map(([name, value]) => `${name}: ${value}`)
      return `the response ${expected.not ? 'does not have' : 'has'} ${members.join(', ')}`
    }
    case 'deleted': {
      const errors = Object.entries(expected.errors).map(([key, error]) => `${key}: ${error}`)
      return `Deleted lists [${expected.keys.join(', ')}], and Errors lists [${errors.join('; ')}]`
    }
    case 'unchanged':
      return 'the key is unchanged'
    case 'body':
      return `the key holds ${expected.body.length > 80 ? `${JSON.stringify(expected.body.slice(0, 80))}…` : JSON.stringify(expected.body)}`
    case 'no object':
      return 'the key holds nothing'
    case 'versions':
      return `the key has ${counted(expected)}`
    case 'parts':
      return `the upload has the parts [${expected.parts.join(', ')}]`
    case 'one winner':
      return `exactly one of ${expected.requests} concurrent requests succeeds`
    case 'losers':
      return `all others fail with ${expected.errors.join(' or ')}`
    case 'body of the winner':
      return 'the key holds the bytes of the request that succeeded, and no others'
    case 'one version more':
      return 'exactly one version or delete marker is added'
    case 'etag':
      return `the ETag is ${expected.md5}, the MD5 of the bytes in quotes`
    case 'outcome':
      return `the outcome is ${expected.outcome}`
    case 'assertion':
      return expected.message
  }
}

/** What a failed assertion says: expected beside observed. A plain assertion of Vitest says both in one line. */
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

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function words(...some: readonly (string | number | false | undefined)[]): string {
  return some.filter(Boolean).join(' ')
}
