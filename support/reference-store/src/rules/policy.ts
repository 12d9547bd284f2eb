import { ACCESS_DENIED, fail, openStep, step } from './outcomes.ts'
import type { Failure, Request, State, Statement, Step } from './types.ts'

/**
 * Checks whether the bucket policy denies a write or a delete because a conditional header is present or missing. The
 * state contains only the statements that apply to the caller and the key, so Principal and Resource are not evaluated.
 * @returns a 403, or the steps if the request is allowed
 */
export function checkPolicy(request: Request, { bucket }: State): Failure | Step[] {
  const action = actionOf(request)
  if (!bucket.policy || !action) return []
  const about = bucket.policy.Statement.filter(({ Action }) => isCovered(action, Action))
  const conditionKeys = about.flatMap(conditionKeysOf)
  if (!conditionKeys.some((name) => /^s3:if-(none-)?match$/i.test(name))) return []

  const values = keysOf(request)
  const applies = (effect: Statement['Effect']) =>
    about.some(({ Effect, Condition }) => Effect === effect && isMet(Condition, values))
  if (applies('Deny') || (request.caller?.onlyByPolicy && !applies('Allow'))) {
    return fail(ACCESS_DENIED, [step('the bucket policy denies the request', 'A05', 'A01')])
  }
  if (request.operation === 'CopyObject' && (values['s3:if-match'] ?? values['s3:if-none-match']) !== undefined) {
    return [openStep('the bucket policy allows a conditional copy', 'O4', 'A06', 'D17')]
  }
  return [step('the bucket policy allows the request', 'A01')]
}

/**
 * Returns the IAM action for a request; undefined if neither s3:if-match nor s3:if-none-match applies to the operation
 * (A10, A11, A15).
 */
function actionOf({ operation, versionId }: Request): string | undefined {
  if (operation === 'DeleteObject') return versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion'
  const isPut = /^(PutObject|CopyObject|CompleteMultipartUpload|CreateMultipartUpload|UploadPart|UploadPartCopy)$/
  return isPut.test(operation) ? 's3:PutObject' : undefined
}

/**
 * Returns the values of the IAM condition keys, keyed by their lower-case names. s3:if-match has the value of If-Match,
 * and s3:if-none-match has the value of If-None-Match, both without the outer quotes. The value `*` is unchanged, and a
 * list is a single value (A09). s3:ObjectCreationOperation is true for a request that creates an object, and false for
 * a request that creates an upload or uploads a part (A02). s3:DeleteObject supports only s3:if-match, and
 * s3:DeleteObjectVersion supports none of these keys (A14, A15).
 */
function keysOf({ operation, headers = {}, versionId }: Request): Record<string, string | undefined> {
  const isPart = /^(CreateMultipartUpload|UploadPart|UploadPartCopy)$/.test(operation)
  const isDelete = operation === 'DeleteObject'
  return {
    's3:if-match': versionId === undefined ? unquoted(headers.ifMatch) : undefined,
    's3:if-none-match': isDelete ? undefined : unquoted(headers.ifNoneMatch),
    ['s3:ObjectCreationOperation'.toLowerCase()]: isDelete ? undefined : String(!isPart),
  }
}

function unquoted(value: string | undefined): string | undefined {
  return value?.replace(/^"(.*)"$/, '$1')
}

function isMet(condition: Statement['Condition'], values: Record<string, string | undefined>): boolean {
  return Object.entries(condition ?? {}).every(([operator, tests]) =>
    Object.entries(tests).every(([name, expected]) => compare(operator, values[name.toLowerCase()], [expected].flat())),
  )
}

/**
 * Compares the value of a condition key with the values in the policy, according to IAM's rules. If the request has no
 * value for the key, only Null, negated operators and IfExists operators can match.
 */
function compare(operator: string, value: string | undefined, expected: readonly string[]): boolean {
  if (operator === 'Null') return expected.includes(String(value === undefined))
  const plain = operator.replace(/IfExists$/, '')
  const negated = plain === 'StringNotEquals'
  if (value === undefined) return negated || plain !== operator
  if (plain === 'Bool' || plain === 'StringEquals') return expected.includes(value)
  return negated && !expected.includes(value)
}

/** Whether a pattern with `*` and `?` matches an entire string, ignoring case. */
export function covers(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 'is').test(text)
}

/** Whether a string matches one of the patterns in a policy element. */
export function isCovered(text: string, patterns: string | readonly string[] = []): boolean {
  return [patterns].flat().some((pattern) => covers(pattern, text))
}

export function conditionKeysOf({ Condition = {} }: Pick<Statement, 'Condition'>): readonly string[] {
  return Object.values(Condition).flatMap(Object.keys)
}
