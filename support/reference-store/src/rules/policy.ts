import { accessDenied, openStep, refuse, step } from './answers.ts'
import type { Outcome, Request, State, Statement, Step } from './types.ts'

/**
 * Whether a policy of the bucket refuses a write or a delete for its condition, or for having none. Principal and
 * Resource are not looked at: the statements that are given are those about the caller and the key.
 * @returns 403, or nothing and the steps to go on with
 */
export function policy(request: Request, { bucket }: State): { readonly refused?: Outcome; readonly steps: Step[] } {
  const action = actionOf(request)
  if (!bucket.policy || !action) return { steps: [] }
  const about = bucket.policy.Statement.filter((statement) => actionsOf(statement).some((one) => covers(one, action)))
  const keyed = about.filter(namesKey)
  if (keyed.length === 0) return { steps: [] }

  const values = keysOf(request)
  const denied = about.some(({ Effect, Condition }) => Effect === 'Deny' && applies(Condition, values))
  const allowed = about.some(({ Effect, Condition }) => Effect === 'Allow' && applies(Condition, values))
  if (denied || (request.caller?.onlyByPolicy && !allowed)) {
    return {
      refused: refuse(accessDenied(), [step('the policy of the bucket demands a condition', 'A05', 'A01')]),
      steps: [],
    }
  }
  const conditional = values['s3:if-match'] !== undefined || values['s3:if-none-match'] !== undefined
  if (request.operation === 'CopyObject' && conditional) {
    return { steps: [openStep('the policy of the bucket is content with a conditional copy', 'O4', 'A06', 'D17')] }
  }
  return { steps: [step('the policy of the bucket is content', 'A01')] }
}

/** The action that a request needs, of those that have the condition keys (A10, A11, A15); others are not guarded. */
function actionOf({ operation, versionId }: Request): string | undefined {
  if (
    /^(PutObject|CopyObject|CompleteMultipartUpload|CreateMultipartUpload|UploadPart|UploadPartCopy)$/.test(operation)
  )
    return 's3:PutObject'
  if (operation === 'DeleteObject') return versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion'
  return undefined
}

/**
 * The condition keys: the header without one pair of quotes, a star as it is, a list as one value (A09). Only what
 * makes an object is an ObjectCreationOperation, parts of one are not (A02); s3:DeleteObject has s3:if-match alone and
 * s3:DeleteObjectVersion neither (A14, A15).
 */
function keysOf({ operation, headers = {}, versionId }: Request): Record<string, string | undefined> {
  const isPart = /^(CreateMultipartUpload|UploadPart|UploadPartCopy)$/.test(operation)
  const isDelete = operation === 'DeleteObject'
  return {
    's3:if-match': versionId === undefined ? unquoted(headers.ifMatch) : undefined,
    's3:if-none-match': isDelete ? undefined : unquoted(headers.ifNoneMatch),
    's3:ObjectCreationOperation': isDelete ? undefined : String(!isPart),
  }
}

function unquoted(value: string | undefined): string | undefined {
  return value?.replace(/^"(.*)"$/, '$1')
}

function applies(condition: Statement['Condition'], values: Record<string, string | undefined>): boolean {
  return Object.entries(condition ?? {}).every(([operator, tests]) =>
    Object.entries(tests).every(([name, expected]) => {
      const value = Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
      return compare(operator, value, [expected].flat())
    }),
  )
}

/** As IAM compares: a key that is absent satisfies only Null, negated operators and those with IfExists. */
function compare(operator: string, value: string | undefined, expected: readonly string[]): boolean {
  if (operator === 'Null') return expected.includes(String(value === undefined))
  const plain = operator.replace(/IfExists$/, '')
  const negated = plain === 'StringNotEquals'
  if (value === undefined) return negated || plain !== operator
  if (plain === 'Bool' || plain === 'StringEquals') return expected.includes(value)
  return negated && !expected.includes(value)
}

function actionsOf({ Action }: Statement): readonly string[] {
  return [Action].flat()
}

function covers(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`, 'i').test(action)
}

function namesKey({ Condition = {} }: Statement): boolean {
  return Object.values(Condition).some((tests) =>
    Object.keys(tests).some((name) => /^s3:if-(none-)?match$/i.test(name)),
  )
}
