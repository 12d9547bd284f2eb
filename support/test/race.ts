import { inject } from 'vitest'
import { forSpecs } from '../fixtures/base'
import { type ConcurrentWriters, storeSources } from '../fixtures/concurrent-writers'
import { type Contending, prepareContenders } from '../fixtures/contenders'
import { keyName } from '../fixtures/content'
import type { Address } from '../fixtures/objects'
import { removeAll } from '../fixtures/removal'
import { share } from '../fixtures/share'
import { withFixtures } from '../test'

export * from '../test'

export const test = forSpecs(
  withFixtures
    /**
     * The source objects for copies. The tests in a file share these objects, which are removed after the file's last
     * test.
     */
    .extend('sources', { scope: 'file' }, ({ clients }, { onCleanup }) => {
      const keys: Address[] = []
      onCleanup(() => removeAll(clients.fixture, keys))
      return { keys, share: share() }
    })
    /**
     * Stores each concurrent writer's body in a source object, so that the writers can use CopyObject instead of
     * PutObject. Returns the sources, each to be spread into the input of CopyObject.
     */
    .extend('sourcesOf', ({ sources, fixtureClient, bucket, draw }) => (writers: ConcurrentWriters) => {
      const newAddress = () => {
        const key = { Bucket: bucket, Key: draw(keyName(inject('target').brokenKeys)) }
        sources.keys.push(key)
        return key
      }
      return sources.share(`sources of ${writers}`, () => storeSources(fixtureClient, writers, newAddress))
    })
    /** Prepares two requests to a key, one for each operation, so that they can be sent concurrently. */
    .extend(
      'contenders',
      ({ s3, sourcesOf, startUpload, draw }) =>
        <One extends Contending, Other extends Contending>(one: One, other: Other, key: Address) =>
          prepareContenders([one, other], key, { s3, sourcesOf, startUpload, draw }),
    ),
)
