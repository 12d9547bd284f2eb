import type { S3ServiceException } from '@aws-sdk/client-s3'
import { forSpecs } from '../fixtures/base'
import { withFixtures } from '../test'

export * from '../test'

/** Returns a response for the stub server to send. The response body contains the error code. */
export const errorResponse = (status: number, Code: string) => ({ status, error: { Code } })

/** The responses of the stub server to CreateMultipartUpload and to two UploadPart requests. */
export const partsUploaded = [
  { status: 200, body: '<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>' },
  { status: 200, headers: { etag: '"part"' } },
  { status: 200, headers: { etag: '"part"' } },
] as const

/** Waits for a request that is expected to fail, and returns the error. */
export const caught = (sent: Promise<unknown>) => sent.then(undefined, (error: S3ServiceException) => error)

export const test = forSpecs(
  withFixtures
    /** Returns the headers of the last request that the spec sent. */
    .extend(
      'sentHeaders',
      ({ exchanges }) =>
        () =>
          exchanges.findLast(({ by }) => by === 'spec')?.request.headers,
    ),
)
