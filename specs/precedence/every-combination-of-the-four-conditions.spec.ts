import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, oneMinuteBefore, test } from '../../support/test'

const [_, holds, fails] = ['absent', 'holds', 'fails'] as const

// Read it from top to bottom: If-Match refuses whatever stands beside it. Without If-Match, If-Unmodified-Since does;
// with an If-Match that holds it is not looked at. Then comes If-None-Match; without it If-Modified-Since, which is not
// looked at beside an If-None-Match that holds. A read has 304 where a copy has 412.
// biome-ignore format: a table
const table = [
  // If-    If-    If-    If-
  // Match  None-  Modi-  Unmo-                                                                          facts for                     facts for
  //        Match  fied-  dified a read answers             a copy answers                               the read                      the copy
  //               Since  -Since
  [_,     _,     _,     _,     '200',                     '200',                                       ['R27'],                      ['C17']],
  [_,     _,     _,     holds, '200',                     '200',                                       ['R21'],                      ['C09']],
  [_,     _,     _,     fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R22'],                      ['C10']],
  [_,     _,     holds, _,     '200',                     '200',                                       ['R17'],                      ['C07']],
  [_,     _,     holds, holds, '200',                     '200',                                       ['R43'],                      ['C07', 'C09']],
  [_,     _,     holds, fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R22'],                      ['C10']],
  [_,     _,     fails, _,     '304',                     '412 x-amz-copy-source-If-Modified-Since',   ['R15'],                      ['C06']],
  [_,     _,     fails, holds, '304',                     '412 x-amz-copy-source-If-Modified-Since',   ['R15'],                      ['C06']],
  [_,     _,     fails, fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R42'],                      ['C13']],
  [_,     holds, _,     _,     '200',                     '200',                                       ['R08'],                      ['C04']],
  [_,     holds, _,     holds, '200',                     '200',                                       ['R36'],                      ['C04', 'C09']],
  [_,     holds, _,     fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R37'],                      ['C30']],
  [_,     holds, holds, _,     '200',                     '200',                                       ['R40'],                      ['C04', 'C07']],
  [_,     holds, holds, holds, '200',                     '200',                                       ['R36', 'R40', 'R43'],        ['C04', 'C07', 'C09']],
  [_,     holds, holds, fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R37'],                      ['C30']],
  [_,     holds, fails, _,     '200',                     '200',                                       ['R41'],                      ['C34']],
  [_,     holds, fails, holds, '200',                     '200',                                       ['R41', 'R36'],               ['C34']],
  [_,     holds, fails, fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R37'],                      ['C30', 'C13']],
  [_,     fails, _,     _,     '304',                     '412 x-amz-copy-source-If-None-Match',       ['R06'],                      ['C03']],
  [_,     fails, _,     holds, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R38'],                      ['C03']],
  [_,     fails, _,     fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R39'],                      ['C13']],
  [_,     fails, holds, _,     '304',                     '412 x-amz-copy-source-If-None-Match',       ['R29'],                      ['C16']],
  [_,     fails, holds, holds, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R29', 'R38'],               ['C16']],
  [_,     fails, holds, fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R39'],                      ['C13']],
  [_,     fails, fails, _,     '304',                     '412 x-amz-copy-source-If-None-Match',       ['R26'],                      ['C14']],
  [_,     fails, fails, holds, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R26', 'R38'],               ['C14']],
  [_,     fails, fails, fails, '412 If-Unmodified-Since', '412 x-amz-copy-source-If-Unmodified-Since', ['R25'],                      ['C13']],
  [holds, _,     _,     _,     '200',                     '200',                                       ['R01'],                      ['C01']],
  [holds, _,     _,     holds, '200',                     '200',                                       ['R30'],                      ['C01', 'C09']],
  [holds, _,     _,     fails, '200',                     '200',                                       ['R28'],                      ['C15', 'C29']],
  [holds, _,     holds, _,     '200',                     '200',                                       ['R32'],                      ['C01', 'C07']],
  [holds, _,     holds, holds, '200',                     '200',                                       ['R32', 'R30', 'R43'],        ['C01', 'C07', 'C09']],
  [holds, _,     holds, fails, '200',                     '200',                                       ['R28', 'R32'],               ['C15']],
  [holds, _,     fails, _,     '304',                     '412 x-amz-copy-source-If-Modified-Since',   ['R34'],                      ['C34']],
  [holds, _,     fails, holds, '304',                     '412 x-amz-copy-source-If-Modified-Since',   ['R34'],                      ['C34']],
  [holds, _,     fails, fails, '304',                     '412 x-amz-copy-source-If-Modified-Since',   ['R34', 'R28'],               ['C34', 'C15']],
  [holds, holds, _,     _,     '200',                     '200',                                       ['R01', 'R08'],               ['C01', 'C04']],
  [holds, holds, _,     holds, '200',                     '200',                                       ['R30', 'R36'],               ['C01', 'C04', 'C09']],
  [holds, holds, _,     fails, '200',                     '200',                                       ['R28'],                      ['C15']],
  [holds, holds, holds, _,     '200',                     '200',                                       ['R32', 'R40'],               ['C01', 'C04', 'C07']],
  [holds, holds, holds, holds, '200',                     '200',                                       ['R27'],                      ['C17']],
  [holds, holds, holds, fails, '200',                     '200',                                       ['R28', 'R32', 'R40'],        ['C15']],
  [holds, holds, fails, _,     '200',                     '200',                                       ['R41'],                      ['C34']],
  [holds, holds, fails, holds, '200',                     '200',                                       ['R41', 'R30', 'R36'],        ['C34']],
  [holds, holds, fails, fails, '200',                     '200',                                       ['R28', 'R41'],               ['C15', 'C34']],
  [holds, fails, _,     _,     '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35'],                      ['C03']],
  [holds, fails, _,     holds, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R38'],               ['C03']],
  [holds, fails, _,     fails, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R28'],               ['C15']],
  [holds, fails, holds, _,     '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R29'],               ['C16']],
  [holds, fails, holds, holds, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R29', 'R38'],        ['C16']],
  [holds, fails, holds, fails, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R29', 'R28'],        ['C16', 'C15']],
  [holds, fails, fails, _,     '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R26'],               ['C14']],
  [holds, fails, fails, holds, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R26', 'R38'],        ['C14']],
  [holds, fails, fails, fails, '304',                     '412 x-amz-copy-source-If-None-Match',       ['R35', 'R26', 'R28'],        ['C14', 'C15']],
  [fails, _,     _,     _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03'],                      ['C02']],
  [fails, _,     _,     holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31'],               ['C02']],
  [fails, _,     _,     fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, _,     holds, _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R33'],               ['C02']],
  [fails, _,     holds, holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R33'],        ['C02']],
  [fails, _,     holds, fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R33', 'R24'], ['C02', 'C12']],
  [fails, _,     fails, _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R24'],               ['C02', 'C12']],
  [fails, _,     fails, holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, _,     fails, fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, holds, _,     _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03'],                      ['C02']],
  [fails, holds, _,     holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31'],               ['C02']],
  [fails, holds, _,     fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, holds, holds, _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R33'],               ['C02']],
  [fails, holds, holds, holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R33'],        ['C02']],
  [fails, holds, holds, fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R33', 'R24'], ['C02', 'C12']],
  [fails, holds, fails, _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R24'],               ['C02', 'C12']],
  [fails, holds, fails, holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, holds, fails, fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, fails, _,     _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R24'],               ['C02', 'C12']],
  [fails, fails, _,     holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, fails, _,     fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, fails, holds, _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R33', 'R24'],        ['C02', 'C12']],
  [fails, fails, holds, holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R33', 'R24'], ['C02', 'C12']],
  [fails, fails, holds, fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R33', 'R24'], ['C02', 'C12']],
  [fails, fails, fails, _,     '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R24'],               ['C02', 'C12']],
  [fails, fails, fails, holds, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R03', 'R31', 'R24'],        ['C02', 'C12']],
  [fails, fails, fails, fails, '412 If-Match',            '412 x-amz-copy-source-If-Match',            ['R24'],                      ['C12']],
] as const

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('Every combination of the four conditions', guide('conditional-reads'), () => {
  for (const [match, noneMatch, modified, unmodified, readAnswer, copyAnswer, readFacts, copyFacts] of table) {
    const row = `If-Match ${match}, If-None-Match ${noneMatch}, If-Modified-Since ${modified}, If-Unmodified-Since ${unmodified}`

    test.for(reads)(`%s: ${row}: ${readAnswer}`, evidence(...readFacts), async ([, Read], { s3, sharedObject }) => {
      const { address, ETag, LastModified } = sharedObject
      const read = s3.send(
        new Read({
          ...address,
          IfMatch: { absent: undefined, holds: ETag, fails: anotherETag }[match],
          IfNoneMatch: { absent: undefined, holds: anotherETag, fails: ETag }[noneMatch],
          IfModifiedSince: { absent: undefined, holds: oneMinuteBefore(LastModified), fails: LastModified }[modified],
          IfUnmodifiedSince: { absent: undefined, holds: LastModified, fails: oneMinuteBefore(LastModified) }[
            unmodified
          ],
        }),
      )

      await expect(read).toBeAnswered(readAnswer)
    })

    test(`CopyObject: ${row}: ${copyAnswer}`, evidence(...copyFacts), async ({ s3, sharedObject, key }) => {
      const { copySource, ETag, LastModified, body } = sharedObject
      const copy = s3.send(
        new CopyObjectCommand({
          ...key,
          CopySource: copySource,
          CopySourceIfMatch: { absent: undefined, holds: ETag, fails: anotherETag }[match],
          CopySourceIfNoneMatch: { absent: undefined, holds: anotherETag, fails: ETag }[noneMatch],
          CopySourceIfModifiedSince: { absent: undefined, holds: oneMinuteBefore(LastModified), fails: LastModified }[
            modified
          ],
          CopySourceIfUnmodifiedSince: { absent: undefined, holds: LastModified, fails: oneMinuteBefore(LastModified) }[
            unmodified
          ],
        }),
      )

      await expect(copy).toBeAnswered(copyAnswer)
      await (copyAnswer === '200' ? expect(key).toHoldObject(body) : expect(key).toHoldNothing())
    })

    test(`UploadPartCopy: ${row}: ${copyAnswer}`, evidence(...copyFacts), async ({ s3, sharedObject, upload }) => {
      const { copySource, ETag, LastModified } = sharedObject
      const copy = s3.send(
        new UploadPartCopyCommand({
          ...upload,
          PartNumber: 1,
          CopySource: copySource,
          CopySourceIfMatch: { absent: undefined, holds: ETag, fails: anotherETag }[match],
          CopySourceIfNoneMatch: { absent: undefined, holds: anotherETag, fails: ETag }[noneMatch],
          CopySourceIfModifiedSince: { absent: undefined, holds: oneMinuteBefore(LastModified), fails: LastModified }[
            modified
          ],
          CopySourceIfUnmodifiedSince: { absent: undefined, holds: LastModified, fails: oneMinuteBefore(LastModified) }[
            unmodified
          ],
        }),
      )

      await expect(copy).toBeAnswered(copyAnswer)
      await expect(upload).toHaveParts(copyAnswer === '200' ? [1] : [])
    })
  }
})
