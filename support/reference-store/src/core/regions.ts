import type { StoreOptions } from './context.ts'
import { S3Error } from './message.ts'
import type { S3Request } from './request.ts'

const VALID = /^((af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-[a-z]+-\d|EU)$/

/**
 * Returns the region for a new bucket. Recorded responses show that the us-east-1 endpoint of Amazon S3 creates buckets
 * in any region. Every other endpoint creates buckets only in its own region.
 * @param constraint the request's LocationConstraint
 * @throws S3Error 400 IllegalLocationConstraintException or InvalidLocationConstraint
 */
export function placeOfBucket(
  { signedRegion: signed }: Pick<S3Request, 'signedRegion'>,
  constraint: string | undefined,
  { region: own }: Pick<StoreOptions, 'region'>,
): { region: string; constraint?: string } {
  const region = constraint === 'EU' ? 'eu-west-1' : constraint || undefined
  if (signed !== undefined && signed !== 'us-east-1' && region !== signed) {
    const message = `The ${constraint || 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`
    throw new S3Error(400, 'IllegalLocationConstraintException', message)
  }
  if (constraint === undefined || region === undefined) return { region: signed ?? own }
  if (signed === 'us-east-1' && (region === signed || !VALID.test(constraint))) {
    throw new S3Error(400, 'InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      elements: { LocationConstraint: constraint },
    })
  }
  return { region, constraint }
}
