const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const GENERAL = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`)
const DIRECTORY = new RegExp(`^${LABEL}--([a-z0-9]+(?:-[a-z0-9]+)+)--x-s3$`)
const ADDRESS = /^\d+\.\d+\.\d+\.\d+$/
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/

/** Whether Amazon S3 allows the name for a general purpose bucket. */
export function isGeneralName(name: string): boolean {
  return isLength(name) && GENERAL.test(name) && !ADDRESS.test(name) && !RESERVED.test(name)
}

/**
 * Returns the zone id in a directory bucket's name, for example `use1-az4`. Returns undefined if the name is invalid.
 */
export function zoneOf(name: string): string | undefined {
  return isLength(name) ? DIRECTORY.exec(name)?.[1] : undefined
}

function isLength({ length }: string): boolean {
  return length >= 3 && length <= 63
}
