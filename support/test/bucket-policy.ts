import type { S3Client } from '@aws-sdk/client-s3'
import { inject } from 'vitest'
import { forSpecs } from '../fixtures/base'
import { secondUserOf } from '../fixtures/second-user'
import { setUp } from '../fixtures/set-up'
import { connect } from '../targets/target'
import { withFixtures } from '../test'
import { record } from '../wire/record'

export * from '../test'

interface Statement {
  readonly Effect: string
  readonly Action: string
  readonly Resource?: string
  readonly Condition?: object
}

/**
 * Returns the input of PutBucketPolicy for a policy with these statements. A statement without a resource applies to
 * all objects in the bucket.
 * @param Principal `*` for all callers, or `{ AWS: secondUserArn }`
 */
export function policyOf(Bucket: string, Principal: '*' | { readonly AWS: string }, ...statements: Statement[]) {
  const Statement = statements.map((statement) => ({ Principal, Resource: `arn:aws:s3:::${Bucket}/*`, ...statement }))
  return { Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }
}

export const test = forSpecs(
  withFixtures
    .extend('asSecondUser', () => setUp('finding the second user', async () => secondUserOf(inject('target'))))
    /**
     * A client for a second user, whose only permissions come from bucket policies. Needs the capability `second-user`.
     */
    .extend('secondUser', ({ asSecondUser, clients, exchanges }): S3Client => {
      const { requestHandler } = clients.spec.config
      const { credentials: _, ...target } = inject('target')
      return record(connect(target, { requestHandler, ...asSecondUser.config }), 'spec', exchanges)
    })
    /** The ARN of the second user, for a policy: `Principal: { AWS: secondUserArn }`. */
    .extend('secondUserArn', ({ asSecondUser }) => asSecondUser.principal),
)
