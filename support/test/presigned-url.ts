import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { inject } from 'vitest'
import { forSpecs } from '../fixtures/base'
import { withQuery } from '../fixtures/clients'
import type { Address } from '../fixtures/objects'
import { signVersion2 } from '../fixtures/signature-v2'
import { connect } from '../targets/target'
import { withFixtures } from '../test'
import { type PlainRequest, recordedFetch } from '../wire/http'

export * from '../test'

/** `test` with the general fixtures and the fixtures for presigned URLs. `specs/keys` also uses this `test`. */
export const withPresigning = withFixtures
  /** Sends a request without the SDK, as a user of a presigned URL would. Matchers accept the returned promise. */
  .extend(
    'http',
    ({ exchanges }) =>
      (url: string, request: PlainRequest = {}) =>
        recordedFetch(url, request, exchanges, 'spec'),
  )
  /**
   * Returns a client to pass to `getSignedUrl`. The presigned URLs contain these query parameters, and the signature
   * covers them. The SDK itself does not add If-Match or If-None-Match to a URL. Unlike `s3`, this client does not add
   * the checksum of an empty body to the URL of a PUT request (P42).
   */
  .extend('presigner', ({ clients }) => (query: Record<string, string> = {}): S3Client => {
    const { requestHandler, credentials } = clients.spec.config
    const config = { requestHandler, credentials, requestChecksumCalculation: 'WHEN_REQUIRED' } as const
    return withQuery(connect(inject('target'), config), query)
  })

export const test = forSpecs(
  withPresigning
    /** Returns the unsigned URL of an object. */
    .extend('urlOf', ({ clients }) => async (address: Address) => {
      const [url = ''] = (await getSignedUrl(clients.spec, new GetObjectCommand(address))).split('?')
      return url
    })
    /** Returns the headers that authenticate a request with Signature Version 2, which the SDK no longer supports. */
    .extend(
      'signedWithVersion2',
      ({ clients }) =>
        async (method: string, address: Address) =>
          signVersion2(await clients.spec.config.credentials(), method, address),
    ),
)
