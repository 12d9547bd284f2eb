import type { DeleteObjectsCommandOutput } from '@aws-sdk/client-s3'
import { type Result, result, settle } from './result'
import type { Level } from './seen'

/** What an entry of Errors has beside its Key. */
export interface EntryError {
  readonly Code: string
  readonly Message?: string
  readonly VersionId?: string
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: an interface is merged only with the same type parameters.
  interface Matchers<T = any> {
    /** DeleteObjects answers 200, lists just these keys under Deleted, and just those under Errors. */
    toDelete(keys: readonly string[], errors?: Readonly<Record<string, EntryError>>): Promise<T>
    /** DeleteObjects lists nothing under Deleted: the request is refused, or each of its entries. */
    toDeleteNothing(): Promise<T>
  }
}

/** A difference, in words that are the same in every run: without keys. */
type Difference = readonly [observed: string, level: Level]

export async function toDelete(
  sent: unknown,
  keys: readonly string[],
  errors: Readonly<Record<string, EntryError>> = {},
): Promise<Result> {
  const { refusal, summary } = await settle(sent)
  const refused = Object.entries(errors).map(([key, error]) => `${key}: ${Object.values(error).join(', ')}`)
  const expected = `Deleted lists [${keys.join(', ')}], and Errors [${refused.join('; ')}].`
  if (refusal) return result(false, expected, summary, 'answer')
  const { Deleted = [], Errors = [] } = (await sent) as DeleteObjectsCommandOutput
  const errorOf = (key: string) => Errors.find(({ Key }) => Key === key)
  const isDeleted = (key: string) => Deleted.some(({ Key }) => Key === key)
  const differences: Difference[] = [
    ...keys
      .filter((key) => !isDeleted(key))
      .map(
        (key): Difference => [
          errorOf(key) ? `an entry refused with ${errorOf(key)?.Code}` : 'an entry left out',
          'answer',
        ],
      ),
    ...Object.entries(errors).flatMap(([key, wanted]): Difference[] => {
      const error = errorOf(key)
      if (!error) return [isDeleted(key) ? ['an entry deleted', 'data'] : ['an entry left out', 'answer']]
      if (error.Code !== wanted.Code) return [[`an entry refused with ${error.Code}`, 'detail']]
      const names = (Object.keys(wanted) as (keyof EntryError)[]).filter((name) => error[name] !== wanted[name])
      return names.map((name) => [`${error[name] ? 'another' : 'no'} ${name}`, 'detail'])
    }),
    ...(Deleted.length + Errors.length > keys.length + refused.length
      ? [['more entries than were sent', 'detail'] as const]
      : []),
  ]
  const observed = [summary, ...new Set(differences.map(([words]) => words))].join(', ')
  const level = (['data', 'answer', 'detail'] as const).find((one) => differences.some(([, found]) => found === one))
  return result(differences.length === 0, expected, observed, level ?? 'detail')
}

export async function toDeleteNothing(sent: unknown): Promise<Result> {
  const { refusal, summary } = await settle(sent)
  const expected = 'no key is listed under Deleted.'
  if (refusal) return result(true, expected, summary, 'data')
  const { Deleted = [] } = (await sent) as DeleteObjectsCommandOutput
  return result(Deleted.length === 0, expected, `${summary}, Deleted lists keys`, 'data')
}
