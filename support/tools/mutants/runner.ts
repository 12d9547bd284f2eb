import { inject } from 'vitest'
import VerdictRunner from '../../verdicts/runner'
import { provideHere } from '../../vitest-internals'
import { CHANNEL } from './channel'

const channel = new BroadcastChannel(CHANNEL)
let runs = 0

/**
 * Runs specs repeatedly in one worker thread, so that the SDK is not loaded again for each mutant. Before each run, the
 * runner waits until `npm run mutate`, in another thread of the process, has switched the store to the next mutant.
 */
export default class MutantRunner extends VerdictRunner {
  override async importFile(filepath: string, source: Parameters<VerdictRunner['importFile']>[1]): Promise<unknown> {
    if (source !== 'collect') return super.importFile(filepath, source)
    const begun = new Promise((resolve) => {
      channel.onmessage = resolve
    })
    channel.postMessage('next')
    await begun
    runs += 1
    // Each run needs a new seed. Otherwise its tests would use the same keys as in the previous run.
    provideHere('seed', inject('seed') + 1)
    // Each run imports the spec from a different URL, because a module is evaluated only once per URL.
    return super.importFile(`${filepath}?run=${runs}`, source)
  }
}
