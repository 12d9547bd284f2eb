import { bucketPolicy } from './bucket-policy'
import { combinations } from './combinations'
import { completeMultipartUpload } from './complete-multipart-upload'
import { copy } from './copy'
import { deletes } from './delete'
import { directoryBucket } from './directory-bucket'
import { keys } from './keys'
import type { Mutant } from './mutant'
import { pattern } from './pattern'
import { presignedUrl } from './presigned-url'
import { race } from './race'
import { read } from './read'
import { versioning } from './versioning'
import { write } from './write'

const tables: Readonly<Record<string, readonly Mutant[]>> = {
  'bucket-policy': bucketPolicy,
  combinations,
  'complete-multipart-upload': completeMultipartUpload,
  copy,
  delete: deletes,
  'directory-bucket': directoryBucket,
  keys,
  pattern,
  'presigned-url': presignedUrl,
  race,
  read,
  versioning,
  write,
}

/** All mutants, each paired with the name of the file that defines it, without `.ts`. */
export const allMutants = Object.entries(tables).flatMap(([file, table]) =>
  table.map((mutant): [file: string, Mutant] => [file, mutant]),
)
