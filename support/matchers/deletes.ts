import type { DeleteObjectsCommandOutput } from '@aws-sdk/client-s3'
import { type Expectation, type Observation, type Severity, worst } from '../observation'
import { type Result, responded, result, settle } from './result'
import { severityOfSuccess } from './truth'

/** The elements of an entry in the Errors list of a DeleteObjects response, except Key. */
export interface EntryError {
  readonly Code: string
  readonly Message?: string
  readonly VersionId?: string
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /**
     * DeleteObjects returns 200. The response lists exactly the keys in `keys` under Deleted, and exactly the errors in
     * `errors` under Errors. `errors` maps each key to its error.
     */
    toDelete(keys: readonly string[], errors?: Readonly<Record<string, EntryError>>): Promise<T>
    /** DeleteObjects reports no key as deleted: either the whole request fails or each of its entries fails. */
    toDeleteNothing(): Promise<T>
  }
}

/**
 * A difference between an expected entry and the actual one. The observation omits the key, because keys differ from
 * run to run.
 */
type EntryDifference = readonly [observed: Observation, severity: Severity]

export async function toDelete(
  request: unknown,
  keys: readonly string[],
  errors: Readonly<Record<string, EntryError>> = {},
): Promise<Result> {
  const { exchange, error: failure, response, output } = await settle(request)
  const severityOf = (key: string, code: string) => {
    return severityOfSuccess(exchange, code === 'PreconditionFailed' ? 412 : undefined, [key])
  }
  const failing = Object.entries(errors).map(([key, error]) => [key, Object.values(error).join(', ')])
  const expected: Expectation = { kind: 'deleted', keys, errors: Object.fromEntries(failing) }
  if (failure) return result(false, expected, [responded(response)], 'status')
  const { Deleted = [], Errors = [] } = output as DeleteObjectsCommandOutput
  const errorOf = (key: string) => Errors.find(({ Key }) => Key === key)
  const isDeleted = (key: string) => Deleted.some(({ Key }) => Key === key)
  const missing: EntryDifference = [{ kind: 'entry', is: 'missing' }, 'status']
  const failed = (code = ''): Observation => ({ kind: 'entry', is: 'failed', code })

  const differences: EntryDifference[] = [
    ...keys
      .filter((key) => !isDeleted(key))
      .map((key): EntryDifference => (errorOf(key) ? [failed(errorOf(key)?.Code), 'status'] : missing)),
    ...Object.entries(errors).flatMap(([key, expectedError]): EntryDifference[] => {
      const error = errorOf(key)
      if (!error)
        return [isDeleted(key) ? [{ kind: 'entry', is: 'deleted' }, severityOf(key, expectedError.Code)] : missing]
      if (error.Code !== expectedError.Code) return [[failed(error.Code), 'detail']]
      const names = (Object.keys(expectedError) as (keyof EntryError)[]).filter(
        (name) => error[name] !== expectedError[name],
      )
      return names.map((name) => [{ kind: 'entry', is: error[name] ? 'other' : 'missing', name }, 'detail'])
    }),
    ...(Deleted.length + Errors.length > keys.length + failing.length
      ? [[{ kind: 'entry', is: 'unexpected' }, 'detail'] as const]
      : []),
  ]
  const observed = [responded(response), ...differences.map(([difference]) => difference)]
  const severity = worst(differences.map(([, one]) => one))
  return result(differences.length === 0, expected, observed, severity, { harmless: severity !== 'data' })
}

export async function toDeleteNothing(request: unknown): Promise<Result> {
  const { exchange, error, response, output } = await settle(request)
  const expected: Expectation = { kind: 'deleted', keys: [], errors: {} }
  if (error) return result(true, expected, [responded(response)], 'status')
  const { Deleted = [] } = output as DeleteObjectsCommandOutput
  const deleted = Deleted.map(({ Key = '' }) => Key)
  const observed: Observation[] = [responded(response), { kind: 'entry', is: 'deleted' }]
  const severity = severityOfSuccess(exchange, undefined, deleted)
  return result(deleted.length === 0, expected, observed, severity, { harmless: severity !== 'data' })
}
