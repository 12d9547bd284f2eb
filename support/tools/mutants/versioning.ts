import type { Passing } from '../../proxy/liar'
import { isCopy, isDelete, isDeleteMany, isRead, reading } from './changing-lies'
import { after, having, ignoring, isComplete, isPut, type Meant, missing, refused, refusing } from './lies'
import type { Mutant } from './mutant'

const versioning = (spec: string): string[] => [`specs/versioning/${spec}`]

const isMarking: Meant = (passing) => isDelete(passing) && !passing.path.includes('versionId=')
const isOfVersion: Meant = (passing) => isDelete(passing) && passing.path.includes('versionId=')

/** The second time it is suspended. */
const isVersioning: Meant = ({ method, path }) => method === 'PUT' && path.includes('versioning')

const of =
  (one: Meant, other: Meant): Meant =>
  (passing: Passing) =>
    one(passing) && other(passing)

const operations = { PutObject: isPut, CopyObject: isCopy, CompleteMultipartUpload: isComplete } as const

const noneMatch = Object.entries(operations).flatMap(([name, meant]): Mutant[] => [
  {
    name: `${name}: If-None-Match: * is refused while the current version is an object`,
    breaks: 'a version is added',
    specs: versioning('if-none-match-star-looks-at-the-current-version'),
    lie: ignoring(meant, 'if-none-match'),
  },
  {
    name: `${name}: a current delete marker frees the key`,
    breaks: 'a key that has versions is not free',
    specs: versioning('a-current-delete-marker-frees-the-key'),
    lie: after(isMarking, (has) => refusing(of(having(meant, 'if-none-match', /./), has), refused('If-None-Match'))),
  },
])

const match = Object.entries({ PutObject: isPut, CopyObject: isCopy, DeleteObject: isDelete }).flatMap(
  ([name, meant]): Mutant[] => [
    {
      name: `${name}: a current delete marker is 404 to If-Match`,
      breaks: 'the version underneath is compared',
      specs: versioning('a-current-delete-marker-is-404'),
      lie: after(isMarking, (has) => ignoring(of(meant, has), 'if-match')),
    },
    {
      name: `${name}: If-Match is 412 for a noncurrent version`,
      breaks: 'any version is compared',
      specs: versioning('if-match-is-412'),
      lie: ignoring(meant, 'if-match'),
    },
    {
      name: `${name}: If-Match holds for the current version`,
      breaks: 'the first version is compared',
      specs: versioning('if-match-holds'),
      lie: refusing(having(meant, 'if-match', /./), refused('If-Match')),
    },
  ],
)

const others: Mutant[] = [
  {
    name: 'DeleteObjects: the ETag of a noncurrent version is refused',
    breaks: 'any version is compared',
    specs: versioning('if-match-is-412'),
    lie: reading(isDeleteMany, /<ETag>.*?<\/ETag>/g, ''),
  },
  {
    name: 'CompleteMultipartUpload is compared with the current version',
    breaks: 'with any',
    specs: versioning('an-upload-is-compared'),
    lie: ignoring(isComplete, 'if-match'),
  },
  {
    name: 'A deleted version is compared no more',
    breaks: 'it is',
    specs: versioning('a-deleted-version'),
    lie: after(isOfVersion, (has) => ignoring(has, 'if-match')),
  },
  {
    name: 'The version before a deleted one is compared',
    breaks: 'the key counts as free',
    specs: versioning('a-deleted-version'),
    lie: after(isOfVersion, (has) => refusing(of(having(isPut, 'if-match', /./), has), missing)),
  },
  {
    name: 'A key whose delete marker was removed is not free',
    breaks: 'it is',
    specs: versioning('a-removed-delete-marker'),
    lie: after(isOfVersion, (has) => ignoring(of(isPut, has), 'if-none-match')),
  },
  {
    name: 'A key whose delete marker was removed is read again',
    breaks: 'it is not',
    specs: versioning('a-removed-delete-marker'),
    lie: after(isOfVersion, (has) => refusing(of(having(isRead, 'if-none-match', /./), has), missing)),
  },
  {
    name: 'A delete marker underneath does not matter to If-None-Match: *',
    breaks: 'the key counts as free',
    specs: versioning('a-delete-marker-underneath'),
    lie: after(isMarking, (has) => ignoring(of(isPut, has), 'if-none-match')),
  },
  {
    name: 'A delete marker underneath does not matter to If-Match',
    breaks: 'the key counts as free',
    specs: versioning('a-delete-marker-underneath'),
    lie: after(isMarking, (has) => refusing(of(having(isPut, 'if-match', /./), has), missing)),
  },
  {
    name: 'A read is compared with the current version: If-Match',
    breaks: 'with any',
    specs: versioning('a-read-is-compared'),
    lie: ignoring(isRead, 'if-match'),
  },
  {
    name: 'A read is compared with the current version: If-None-Match',
    breaks: 'with any',
    specs: versioning('a-read-is-compared'),
    lie: refusing(having(isRead, 'if-none-match', /./), { status: 304 }),
  },
  {
    name: 'A bucket whose versioning is suspended keeps no further versions',
    breaks: 'versioning cannot be suspended',
    specs: versioning('a-suspended-bucket'),
    lie: after(isVersioning, (has) => refusing(of(isVersioning, has), { status: 200 })),
  },
  {
    name: 'A null version is compared when it is read',
    breaks: 'it is not',
    specs: versioning('a-null-version'),
    lie: ignoring(isRead, 'if-match', 'if-none-match'),
  },
  {
    name: 'A null version is compared when it is copied',
    breaks: 'it is not',
    specs: versioning('a-null-version'),
    lie: ignoring(isCopy, 'x-amz-copy-source-if-match'),
  },
]

export const versions: readonly Mutant[] = [...noneMatch, ...match, ...others]
