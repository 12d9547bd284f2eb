import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, test } from '../../support/test'

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]
const withoutHit = `${anotherETag}, "11111111111111111111111111111111"`

describe('A list matches when one of its entity tags does', guide('conditional-reads'), () => {
  test.for(reads)(
    '%s with If-Match answers 200 for a list with a hit',
    evidence('R11'),
    async ([, Read], { s3, sharedObject }) => {
      const { address, ETag } = sharedObject
      const answer = await s3.send(new Read({ ...address, IfMatch: `${anotherETag}, ${ETag}` }))

      expect(answer.ETag).toBe(ETag)
    },
  )

  test.for(reads)(
    '%s with If-Match answers 200 for a list without quotes',
    evidence('R11'),
    async ([, Read], { s3, sharedObject }) => {
      const { address, ETag } = sharedObject
      const answer = await s3.send(new Read({ ...address, IfMatch: `${anotherETag}, ${ETag}`.replaceAll('"', '') }))

      expect(answer.ETag).toBe(ETag)
    },
  )

  test.for(reads)(
    '%s with If-Match answers 412 for a list without a hit',
    evidence('R03', 'R11'),
    async ([, Read], { s3, sharedObject: { address } }) => {
      const read = s3.send(new Read({ ...address, IfMatch: withoutHit }))

      await expect(read).toBeRefused(412, 'PreconditionFailed', { Condition: 'If-Match' })
    },
  )

  test.for(reads)(
    '%s with If-None-Match answers 304 for a list with a hit',
    evidence('R12'),
    async ([, Read], { s3, sharedObject }) => {
      const { address, ETag } = sharedObject
      const read = s3.send(new Read({ ...address, IfNoneMatch: `${anotherETag}, ${ETag}` }))

      await expect(read).toBeNotModified()
    },
  )

  test.for(reads)(
    '%s with If-None-Match answers 200 for a list without a hit',
    evidence('R13'),
    async ([, Read], { s3, sharedObject: { address, ETag } }) => {
      const answer = await s3.send(new Read({ ...address, IfNoneMatch: withoutHit }))

      expect(answer.ETag).toBe(ETag)
    },
  )
})
