import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3'
import { anotherETag, describe, evidence, expect, guide, oneMinuteBefore, test } from '../../support/test'

const [_, holds, fails, nothing] = ['absent', 'holds', 'fails', 'nothing'] as const

// What S3 answers when a condition refuses: a read has 304 where a copy has 412.
const answers = {
  'If-Match': { read: '412 If-Match', copy: '412 x-amz-copy-source-If-Match' },
  'If-Unmodified-Since': { read: '412 If-Unmodified-Since', copy: '412 x-amz-copy-source-If-Unmodified-Since' },
  'If-None-Match': { read: '304', copy: '412 x-amz-copy-source-If-None-Match' },
  'If-Modified-Since': { read: '304', copy: '412 x-amz-copy-source-If-Modified-Since' },
  nothing: { read: '200', copy: '200' },
} as const

// Read it from top to bottom: If-Match refuses whatever stands beside it. Without If-Match, If-Unmodified-Since does;
// with an If-Match that holds it is not looked at. Then comes If-None-Match; without it If-Modified-Since, which is not
// looked at beside an If-None-Match that holds. The first row is there to compare with: nothing is asked, nothing refused.
// biome-ignore format: a table
const table = [
  // If-   If-    If-    If-                          the facts that it rests on:
  // Match None-  Modi-  Unmo-  what refuses          for reads                              for CopyObject         for UploadPartCopy
  //       Match  fied-  dified                                                                                     (its own first)
  //              Since  -Since
  [_,     _,     _,     _,     nothing,               ['R27'],                               ['C17'],               ['C17']],
  [_,     _,     _,     holds, nothing,               ['R21'],                               ['C09'],               ['C24', 'C09']],
  [_,     _,     _,     fails, 'If-Unmodified-Since', ['R22'],                               ['C10'],               ['C25']],
  [_,     _,     holds, _,     nothing,               ['R17'],                               ['C07'],               ['C26']],
  [_,     _,     holds, holds, nothing,               ['R43'],                               ['C07', 'C09'],        ['C24', 'C26']],
  [_,     _,     holds, fails, 'If-Unmodified-Since', ['R22'],                               ['C10'],               ['C25']],
  [_,     _,     fails, _,     'If-Modified-Since',   ['R15'],                               ['C06'],               ['C28']],
  [_,     _,     fails, holds, 'If-Modified-Since',   ['R15'],                               ['C06'],               ['C28']],
  [_,     _,     fails, fails, 'If-Unmodified-Since', ['R42'],                               ['C13', 'R42'],        ['C25', 'C13', 'R42']],
  [_,     holds, _,     _,     nothing,               ['R08'],                               ['C04'],               ['C22']],
  [_,     holds, _,     holds, nothing,               ['R36'],                               ['C04', 'C09'],        ['C22', 'C24']],
  [_,     holds, _,     fails, 'If-Unmodified-Since', ['R37'],                               ['C10', 'C30'],        ['C25', 'C30']],
  [_,     holds, holds, _,     nothing,               ['R40'],                               ['C04', 'C07'],        ['C22', 'C26']],
  [_,     holds, holds, holds, nothing,               ['R36', 'R40', 'R43'],                 ['C04', 'C07', 'C09'], ['C22', 'C24', 'C26']],
  [_,     holds, holds, fails, 'If-Unmodified-Since', ['R37'],                               ['C10', 'C30'],        ['C25', 'C30']],
  [_,     holds, fails, _,     nothing,               ['R41'],                               ['C34'],               ['C22', 'C34']],
  [_,     holds, fails, holds, nothing,               ['R41', 'R36'],                        ['C34'],               ['C22', 'C24', 'C34']],
  [_,     holds, fails, fails, 'If-Unmodified-Since', ['R37'],                               ['C10', 'C13', 'C30'], ['C25', 'C30']],
  [_,     fails, _,     _,     'If-None-Match',       ['R06'],                               ['C03'],               ['C23']],
  [_,     fails, _,     holds, 'If-None-Match',       ['R38'],                               ['C03'],               ['C23']],
  [_,     fails, _,     fails, 'If-Unmodified-Since', ['R39'],                               ['C13'],               ['C25', 'C13']],
  [_,     fails, holds, _,     'If-None-Match',       ['R29'],                               ['C16'],               ['C23', 'C16']],
  [_,     fails, holds, holds, 'If-None-Match',       ['R29', 'R38'],                        ['C16'],               ['C23', 'C16']],
  [_,     fails, holds, fails, 'If-Unmodified-Since', ['R39'],                               ['C13'],               ['C25', 'C13']],
  [_,     fails, fails, _,     'If-None-Match',       ['R26'],                               ['C14'],               ['C23', 'C14']],
  [_,     fails, fails, holds, 'If-None-Match',       ['R26', 'R38'],                        ['C14'],               ['C23', 'C14']],
  [_,     fails, fails, fails, 'If-Unmodified-Since', ['R25'],                               ['C13'],               ['C25', 'C13']],
  [holds, _,     _,     _,     nothing,               ['R01'],                               ['C01'],               ['C20']],
  [holds, _,     _,     holds, nothing,               ['R30'],                               ['C01', 'C09'],        ['C20', 'C24']],
  [holds, _,     _,     fails, nothing,               ['R28'],                               ['C15'],               ['C20', 'C29']],
  [holds, _,     holds, _,     nothing,               ['R32'],                               ['C01', 'C07'],        ['C20', 'C26']],
  [holds, _,     holds, holds, nothing,               ['R32', 'R30', 'R43'],                 ['C01', 'C07', 'C09'], ['C20', 'C24', 'C26']],
  [holds, _,     holds, fails, nothing,               ['R28', 'R32'],                        ['C15'],               ['C20', 'C26', 'C29']],
  [holds, _,     fails, _,     'If-Modified-Since',   ['R34'],                               ['C34'],               ['C20', 'C28', 'C34']],
  [holds, _,     fails, holds, 'If-Modified-Since',   ['R34'],                               ['C34'],               ['C20', 'C28', 'C34']],
  [holds, _,     fails, fails, 'If-Modified-Since',   ['R34', 'R28'],                        ['C34', 'C15'],        ['C20', 'C28', 'C29', 'C34']],
  [holds, holds, _,     _,     nothing,               ['R01', 'R08'],                        ['C01', 'C04'],        ['C20', 'C22']],
  [holds, holds, _,     holds, nothing,               ['R30', 'R36'],                        ['C01', 'C04', 'C09'], ['C20', 'C22', 'C24']],
  [holds, holds, _,     fails, nothing,               ['R28'],                               ['C15'],               ['C20', 'C22', 'C29']],
  [holds, holds, holds, _,     nothing,               ['R32', 'R40'],                        ['C01', 'C04', 'C07'], ['C20', 'C22', 'C26']],
  [holds, holds, holds, holds, nothing,               ['R27'],                               ['C17'],               ['C20', 'C22', 'C24', 'C26']],
  [holds, holds, holds, fails, nothing,               ['R28', 'R32', 'R40'],                 ['C15'],               ['C20', 'C22', 'C26', 'C29']],
  [holds, holds, fails, _,     nothing,               ['R41'],                               ['C34'],               ['C20', 'C22', 'C34']],
  [holds, holds, fails, holds, nothing,               ['R41', 'R30', 'R36'],                 ['C34'],               ['C20', 'C22', 'C24', 'C34']],
  [holds, holds, fails, fails, nothing,               ['R28', 'R41'],                        ['C15', 'C34'],        ['C20', 'C22', 'C29', 'C34']],
  [holds, fails, _,     _,     'If-None-Match',       ['R35'],                               ['C03', 'R35'],        ['C20', 'C23', 'R35']],
  [holds, fails, _,     holds, 'If-None-Match',       ['R35', 'R38'],                        ['C03', 'R35'],        ['C20', 'C23', 'R35']],
  [holds, fails, _,     fails, 'If-None-Match',       ['R35', 'R28'],                        ['C03', 'C15', 'R35'], ['C20', 'C23', 'C29', 'R35']],
  [holds, fails, holds, _,     'If-None-Match',       ['R35', 'R29'],                        ['C16', 'R35'],        ['C20', 'C23', 'C16', 'R35']],
  [holds, fails, holds, holds, 'If-None-Match',       ['R35', 'R29', 'R38'],                 ['C16', 'R35'],        ['C20', 'C23', 'C16', 'R35']],
  [holds, fails, holds, fails, 'If-None-Match',       ['R35', 'R29', 'R28'],                 ['C16', 'C15', 'R35'], ['C20', 'C23', 'C29', 'C16', 'R35']],
  [holds, fails, fails, _,     'If-None-Match',       ['R35', 'R26'],                        ['C14', 'R35'],        ['C20', 'C23', 'C14', 'R35']],
  [holds, fails, fails, holds, 'If-None-Match',       ['R35', 'R26', 'R38'],                 ['C14', 'R35'],        ['C20', 'C23', 'C14', 'R35']],
  [holds, fails, fails, fails, 'If-None-Match',       ['R35', 'R26', 'R28'],                 ['C14', 'C15', 'R35'], ['C20', 'C23', 'C29', 'C14', 'R35']],
  [fails, _,     _,     _,     'If-Match',            ['R03', 'R04'],                        ['C02'],               ['C21']],
  [fails, _,     _,     holds, 'If-Match',            ['R03', 'R04', 'R31'],                 ['C02'],               ['C21']],
  [fails, _,     _,     fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     holds, _,     'If-Match',            ['R03', 'R04', 'R33'],                 ['C02'],               ['C21']],
  [fails, _,     holds, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R33'],          ['C02'],               ['C21']],
  [fails, _,     holds, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     fails, _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     fails, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, _,     fails, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, _,     _,     'If-Match',            ['R03', 'R04'],                        ['C02'],               ['C21']],
  [fails, holds, _,     holds, 'If-Match',            ['R03', 'R04', 'R31'],                 ['C02'],               ['C21']],
  [fails, holds, _,     fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, holds, _,     'If-Match',            ['R03', 'R04', 'R33'],                 ['C02'],               ['C21']],
  [fails, holds, holds, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R33'],          ['C02'],               ['C21']],
  [fails, holds, holds, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, fails, _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, fails, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, holds, fails, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, _,     _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, _,     holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, _,     fails, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, holds, _,     'If-Match',            ['R03', 'R04', 'R33', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, holds, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, holds, fails, 'If-Match',            ['R03', 'R04', 'R31', 'R33', 'R24'],   ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, fails, _,     'If-Match',            ['R03', 'R04', 'R24'],                 ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, fails, holds, 'If-Match',            ['R03', 'R04', 'R31', 'R24'],          ['C02', 'C12'],        ['C21', 'C12']],
  [fails, fails, fails, fails, 'If-Match',            ['R24'],                               ['C12'],               ['C21', 'C12']],
] as const

const reads = [['GetObject', GetObjectCommand] as const, ['HeadObject', HeadObjectCommand] as const]

describe('Every combination of the four conditions', guide('conditional-reads'), () => {
  for (const [match, noneMatch, modified, unmodified, refuses, readFacts, copyFacts, partCopyFacts] of table) {
    const { read: readAnswer, copy: copyAnswer } = answers[refuses]
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

    test(`UploadPartCopy: ${row}: ${copyAnswer}`, evidence(...partCopyFacts), async ({ s3, sharedObject, upload }) => {
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
