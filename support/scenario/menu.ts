import { putTogether, type What } from './build-request'
import { failureSentence } from './failure'
import { listing, report, titleOf } from './print'
import { Back, type Prompts } from './prompts'
import type { Request } from './request'
import type { Scene } from './session'

/**
 * Lets the user send conditional requests, one after the other, until the user leaves. What goes wrong is said, and the
 * menu is there again.
 * @param signal aborted when the scenario has to end; then it rejects with its reason
 */
export async function explore(
  scene: Scene,
  say: (line: string) => void,
  ask: Prompts,
  signal: AbortSignal,
): Promise<void> {
  let again: Request | undefined
  const send = async (request: Request) => {
    say(`\n${titleOf(request)}\n`)
    const outcome = await scene.send(request)
    again = outcome.again
    for (const line of report(outcome, scene.target)) say(line)
  }
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Back)) say(failureSentence(error))
    }
  }

  await attempt(async () => say(`Created the bucket ${await scene.keepVersions()}, which keeps versions.`))
  for (let left = false; !left; ) {
    await attempt(async () => {
      say('')
      const choice = await ask.select('What next?', [
        ['list', 'List the buckets'],
        ...(again ? [['again', 'The same request again', titleOf(again)] as const] : []),
        ['read', 'Conditional read', 'GetObject, HeadObject'],
        ['copy', 'Conditional copy', 'CopyObject'],
        ['write', 'Conditional write', 'PutObject'],
        ['upload', 'Multipart upload', 'UploadPartCopy, CompleteMultipartUpload and what they need'],
        ['delete', 'Conditional delete', 'DeleteObject'],
        ['leave', 'Clean up and leave'],
      ])
      if (choice === 'leave') left = true
      else if (choice === 'list') for (const line of listing(scene, await scene.list())) say(line)
      else if (choice === 'again') await send(again as Request)
      else await send(await putTogether(choice as What, scene, ask))
    })
  }
}
