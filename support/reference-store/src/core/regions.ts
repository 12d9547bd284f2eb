import type { StoreOptions } from './context.ts'
import { S3Error } from './message.ts'
import type { S3Request } from './request.ts'

/** Where a bucket is: its region, and the LocationConstraint that it was created with. */
export interface Place {
  readonly region: string
  readonly constraint?: string
}

const VALID = /^((af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-[a-z]+-\d|EU)$/
/**
 * Where a new bucket is to be. As recorded of Amazon S3, the endpoint of us-east-1 creates buckets of every region, and
 * every other endpoint those of its own.
 * @param constraint the LocationConstraint of the request, if it has one
 * @throws S3Error 400 IllegalLocationConstraintException or InvalidLocationConstraint
 */
export function placeOfBucket(
  { signedRegion: signed }: Pick<S3Request, 'signedRegion'>,
  constraint: string | undefined,
  { region: own }: Pick<StoreOptions, 'region'>,
): Place {
  if (constraint === undefined || constraint === '') {
    if (signed !== undefined && signed !== 'us-east-1') throw illegal('unspecified')
    return { region: signed ?? own }
  }
  const region = constraint === 'EU' ? 'eu-west-1' : constraint
  if (signed === 'us-east-1' && (region === signed || !VALID.test(constraint))) {
    throw new S3Error(400, 'InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      elements: { LocationConstraint: constraint },
    })
  }
  if (signed !== undefined && signed !== 'us-east-1' && signed !== region) throw illegal(constraint)
  return { region, constraint }
}

function illegal(constraint: string): S3Error {
  return new S3Error(
    400,
    'IllegalLocationConstraintException',
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  )
}
