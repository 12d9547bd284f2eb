import { forSpecs } from '../fixtures/base'
import { plainName } from '../fixtures/content'
import { longKey } from '../fixtures/long-key'
import { type Address, observable } from '../fixtures/objects'
import { withPresigning } from './presigned-url'

export * from './presigned-url'

/**
 * `test` with the fixtures of `specs/keys`. Each spec chooses the characters of its keys, including characters that a
 * store may mishandle. No fixture stores an object under these keys, so a store that rejects one of them causes a
 * deviation, not a failed setup.
 */
export const test = forSpecs(
  withPresigning
    .extend('keyAt', ({ matcherClient, bucket, track }) => (Key: string): Address => {
      const key = observable(matcherClient, { Bucket: bucket, Key })
      return track(key, key)
    })
    /** The common prefix of all keys that `keyWith` and `longKeyWith` return in a test. */
    .extend('stem', ({ draw }) => draw(plainName))
    /** Returns an unused key in `bucket` that ends with this text. */
    .extend(
      'keyWith',
      ({ keyAt, stem }) =>
        (text: string) =>
          keyAt(`${stem}-${text}`),
    )
    /** Like `keyWith`, but the key is 1,024 bytes long. No segment has more than 200 bytes. The text must be ASCII. */
    .extend(
      'longKeyWith',
      ({ keyAt, stem }) =>
        (text: string) =>
          keyAt(longKey(stem, text)),
    ),
)
