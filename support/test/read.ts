import { inject } from 'vitest'
import { forSpecs } from '../fixtures/base'
import { age } from '../fixtures/objects'
import { need, setUp } from '../fixtures/set-up'
import { initiatedAt } from '../fixtures/uploads'
import { makeWebsite } from '../fixtures/website'
import { letEverybodyRead } from '../targets/public-access'
import { connect, UNSIGNED } from '../targets/target'
import { withFixtures } from '../test'
import { record } from '../wire/record'

export * from '../test'

export const test = forSpecs(
  withFixtures
    /** A client that does not sign its requests, so that it has only public access. */
    .extend('anonymousClient', ({ clients, exchanges }) => {
      const { requestHandler } = clients.spec.config
      const client = connect(inject('target'), { requestHandler, ...UNSIGNED })
      return record(client, 'spec', exchanges)
    })
    /** A bucket for this test. Everyone may read its objects, but only its owner may list them. */
    .extend('publicBucket', ({ fixtureClient, clients, createBucket }) =>
      setUp('making a bucket public', async () => {
        need(inject('target').unsupported, 'public-access')
        const bucket = await createBucket()
        await letEverybodyRead(fixtureClient, bucket, clients.anonymous)
        return bucket
      }),
    )
    /** A bucket for this test, configured as a public static website. */
    .extend('website', ({ fixtureClient, createBucket, exchanges }) =>
      setUp('making a website', () => makeWebsite(fixtureClient, createBucket, inject('target'), exchanges)),
    )
    /** Waits until `object` is at least one second old by the store's clock, and then provides it. */
    .extend('agedObject', ({ fixtureClient, object }) =>
      setUp('waiting until an object is a second old', () => age(fixtureClient, object)),
    )
    /** Waits until `upload` is at least one second old by the store's clock, and then provides it. */
    .extend('agedUpload', ({ fixtureClient, upload, object }) =>
      setUp('waiting until an upload is a second old', async () => {
        await age(fixtureClient, object)
        return { ...upload, Initiated: await initiatedAt(fixtureClient, upload) }
      }),
    ),
)
