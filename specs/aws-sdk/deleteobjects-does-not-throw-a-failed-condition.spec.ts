import { DeleteObjectsCommand } from '@aws-sdk/client-s3'
import { describe, docs, evidence, expect, facts, test } from '../../support/test/aws-sdk'

describe('DeleteObjects does not throw when a condition fails', docs('conditional-deletes'), () => {
  test(
    'DeleteObjects returns 200 and lists an entry under Errors when its condition fails',
    evidence(facts.S21),
    async ({ stubServer }) => {
      const failed = '<Error><Key>k</Key><Code>PreconditionFailed</Code><Message>No.</Message></Error>'
      stubServer.returns({ status: 200, body: `<DeleteResult>${failed}</DeleteResult>` })
      const Objects = [{ Key: 'k', ETag: '"other"' }]

      const remove = new DeleteObjectsCommand({ Bucket: 'bucket', Delete: { Objects } })
      const { Errors, $metadata } = await stubServer.client().send(remove)

      expect(Errors).toEqual([{ Key: 'k', Code: 'PreconditionFailed', Message: 'No.' }])
      expect($metadata).toMatchObject({ httpStatusCode: 200, attempts: 1 })
    },
  )
})
