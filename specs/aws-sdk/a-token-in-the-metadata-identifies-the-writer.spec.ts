import { randomUUID } from 'node:crypto'
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { caught, describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('A token in the metadata identifies the writer', docs('conditional-writes', { needs: ['proxy'] }), () => {
  test(
    'HeadObject returns a token sent as metadata by a PutObject request that creates the object but fails when retried',
    evidence(facts.S12),
    async ({ clientWithLostResponse, s3, key }) => {
      const losingClient = await clientWithLostResponse(500)
      const Metadata = { token: randomUUID() }

      const error = await caught(
        losingClient.send(new PutObjectCommand({ ...key, Body: 'x', Metadata, IfNoneMatch: '*' })),
      )
      const stored = s3.send(new HeadObjectCommand(key))

      expect(error).toHaveProperty('$metadata.attempts', 2)
      await expect(stored).toHaveOutput({ Metadata })
      await expect(key).toHaveBody('x')
    },
  )

  test(
    'HeadObject does not return a token sent as metadata by a PutObject request that fails because the key exists',
    evidence(facts.S05),
    async ({ s3, object }) => {
      const Metadata = { token: randomUUID() }
      const write = new PutObjectCommand({ ...object.address, Body: 'x', Metadata, IfNoneMatch: '*' })

      const error = await caught(s3.send(write))
      const stored = s3.send(new HeadObjectCommand(object.address))

      expect(error).toHaveProperty('$metadata.attempts', 1)
      await expect(stored).not.toHaveOutput({ Metadata })
      await expect(object).toBeUnchanged()
    },
  )
})
