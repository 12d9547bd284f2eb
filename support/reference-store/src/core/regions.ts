import type { StoreOptions } from './context.ts'
import { S3Error } from './message.ts'
import { decoded, type S3Request } from './request.ts'

/** Where a bucket is: its region, and the LocationConstraint that it was created with. */
export interface Place {
  readonly region: string
  readonly constraint?: string
}

const VALID = /^((af|ap|ca|cn|eu|il|me|mx|sa|us|us-gov)-[a-z]+-\d|EU)$/
const OF_CREDENTIAL = /^[^/]*\/[^/]*\/([^/]+)\//

/** The region in the scope of a signature of version 4; undefined for a request without one. */
export function signedRegion({ headers, url }: Pick<S3Request, 'headers' | 'url'>): string | undefined {
  const [, inHeader] = /Credential=([^,\s]+)/.exec(headers.authorization ?? '') ?? []
  const [, inQuery] = /[?&]X-Amz-Credential=([^&]+)/.exec(url) ?? []
  return OF_CREDENTIAL.exec(inHeader ?? decoded(inQuery ?? ''))?.[1]
}

/**
 * Where a new bucket is to be. As recorded of Amazon S3, the endpoint of us-east-1 creates buckets of every region, and
 * every other endpoint those of its own.
 * @param constraint the LocationConstraint of the request, if it has one
 * @throws S3Error 400 IllegalLocationConstraintException or InvalidLocationConstraint
 */
export function placeOfBucket(
  request: Pick<S3Request, 'headers' | 'url'>,
  constraint: string | undefined,
  { region: own }: Pick<StoreOptions, 'region'>,
): Place {
  const signed = signedRegion(request)
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
