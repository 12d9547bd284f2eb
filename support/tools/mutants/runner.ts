import { inject } from 'vitest'
import VerdictRunner from '../../verdicts/runner'
import { provideHere } from '../../vitest-internals'
import { CHANNEL } from './channel'

const channel = new BroadcastChannel(CHANNEL)
let runs = 0

/**
 * Runs the same spec several times in one worker. Before each run it requests the next mutant from `npm run mutate`,
 * which runs in the same process. A separate worker for each mutant would have to load the SDK each time.
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
    // With the same seed, a test would use the same keys as in the previous run.
    provideHere('seed', inject('seed') + 1)
    // A module with the same URL would not be evaluated again.
    return super.importFile(`${filepath}?run=${runs}`, source)
  }
}
