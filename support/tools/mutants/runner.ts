import { inject } from 'vitest'
import VerdictRunner from '../../verdicts/runner'
import { provideHere } from '../../vitest-internals'
import { CHANNEL } from './channel'

const channel = new BroadcastChannel(CHANNEL)
let turns = 0

/**
 * Runs the same spec several times in one worker: before each time it asks `npm run mutate`, which lives in the same
 * process, for the next mutant. A worker for each mutant would have to load the SDK again.
 */
export default class MutantRunner extends VerdictRunner {
  override async importFile(filepath: string, source: Parameters<VerdictRunner['importFile']>[1]): Promise<unknown> {
    if (source !== 'collect') return super.importFile(filepath, source)
    const begun = new Promise((resolve) => {
      channel.onmessage = resolve
    })
    channel.postMessage('next')
    await begun
    turns += 1
    // A test would have the keys that it had in the turn before.
    provideHere('seed', inject('seed') + 1)
    // Under the same address it would not be evaluated again.
    return super.importFile(`${filepath}?turn=${turns}`, source)
  }
}
