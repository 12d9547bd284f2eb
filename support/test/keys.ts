import { forSpecs } from '../fixtures/base'
import { plainName } from '../fixtures/content'
import { longKey } from '../fixtures/long-key'
import { type Address, observable } from '../fixtures/objects'
import { withPresigning } from './presigned-url'

export * from './presigned-url'

/**
 * `test` with the fixtures of `specs/keys`. The spec chooses the characters of a key, even if the store does not handle
 * them. No fixture stores an object there: if the store rejects the key, that is a deviation and not a failed setup.
 */
export const test = forSpecs(
  withPresigning
    .extend('keyAt', ({ matcherClient, bucket, track }) => (Key: string): Address => {
      const key = observable(matcherClient, { Bucket: bucket, Key })
      return track(key, key)
    })
    /** The beginning of the keys of the next fixtures, which differ only in the text at their end. */
    .extend('stem', ({ draw }) => draw(plainName))
    /** An address of `bucket` at which nothing was ever stored, whose key ends with this text. */
    .extend(
      'keyWith',
      ({ keyAt, stem }) =>
        (text: string) =>
          keyAt(`${stem}-${text}`),
    )
    /** Like `keyWith`, with a key of 1,024 bytes in segments of at most 200 bytes. The text is ASCII. */
    .extend(
      'longKeyWith',
      ({ keyAt, stem }) =>
        (text: string) =>
          keyAt(longKey(stem, text)),
    ),
)
