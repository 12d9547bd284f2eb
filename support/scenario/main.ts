import { parseArgs } from 'node:util'
import { SetupError } from '../errors'
import { calledAs } from '../stores/stores'
import { processSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import type { RunningTarget } from '../targets/target'
import { isNoResponse } from '../wire/no-response'
import { failureSentence } from './failure'

const HELP = `A guided tour of conditional requests, on a store that starts automatically.

  npm start               creates two buckets and an object, lets you send requests to them, and cleans up
  npm start -- --tour     runs all steps without prompts; this is the default if no terminal is attached
  npm start -- --help     prints this text

Ctrl-C also cleans up. The tour exits with code 0 if every outcome was as expected for the store, otherwise with 1.
S3_TARGET or S3_ENDPOINT selects the store, as for npm test. See the settings in the README.`

/**
 * The interval in which signals count as a single Ctrl-C, because one Ctrl-C can send two signals: one from the terminal
 * and one from npm. A later signal means that the user has pressed Ctrl-C again and does not want to wait for the
 * cleanup.
 */
const IMPATIENT_MS = 1_000

const print = (text: string) => console.log(text)
const interruption = new AbortController()
const { signal } = interruption
let target: RunningTarget | undefined
let interruptedAt: number | undefined
/** Whether the store has stopped responding. If so, the buckets cannot be cleaned up. */
let isGone = false

process.on('SIGINT', () => interrupt(130)).on('SIGTERM', () => interrupt(143))
// The stream emits an error if the reader closes the pipe, as in `npm start | head`.
process.stdout.on('error', () => interrupt(141))
process.exitCode = (await main()) ? 0 : 1
if (signal.aborted) process.exitCode = signal.reason

/** Ends the scenario after the current request, so that the buckets can still be cleaned up. */
function interrupt(exitCode: number): void {
  // If this is a second Ctrl-C, or if the target is still starting, the process exits at once and leaves the cleanup to
  // the reaper.
  const now = Date.now()
  if (!target || now - (interruptedAt ?? now) > IMPATIENT_MS) process.exit(exitCode)
  interruptedAt ??= now
  interruption.abort(exitCode)
}

/** @returns whether every outcome was as expected and the cleanup succeeded */
async function main(): Promise<boolean> {
  let isTour: boolean
  try {
    const options = { tour: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
    const { values } = parseArgs({ options })
    if (values.help) {
      print(HELP)
      return true
    }
    isTour = values.tour ?? !(process.stdin.isTTY && process.stdout.isTTY)
  } catch (error) {
    console.error(`${(error as Error).message.split('. ')[0]}.\nTry: npm start -- --help`)
    return false
  }
  let running: RunningTarget
  try {
    const settings = processSettings()
    if (settings.baseline) (await import('../verdicts/stored-results')).readSelectedBaseline(settings.baseline)
    target = running = await startTarget(settings, print)
  } catch (error) {
    console.error(failureSentence(error))
    return false
  }
  const { headline, notice } = running
  if (notice) print(notice)
  print(headline)
  const isExpected = await scenario(running, isTour).catch((error: unknown) => reportError(error, running))
  const isClean = await cleanUp(running)
  if (notice) print(notice)
  return isClean && isExpected
}

async function scenario(target: RunningTarget, isTour: boolean): Promise<boolean> {
  const [{ startSession }, { explore }, { walk }] = await Promise.all([
    import('./session'),
    import('./menu'),
    import('./tour'),
  ])
  const session = await startSession(target, signal)
  for (const bucket of session.buckets) print(`Created the bucket ${bucket}.`)
  print(`Stored the object ${session.object.Key} in the first bucket.`)
  if (isTour) return walk(session, print)
  const { terminalPrompts } = await import('./prompts')
  await explore(session, print, terminalPrompts({ signal, interrupt: () => interrupt(130) }), signal)
  return true
}

/** Empties and deletes the buckets, and stops the target. */
async function cleanUp(target: RunningTarget): Promise<boolean> {
  print('\nClean up\n')
  const [{ connect }, { removeRunBuckets }] = await Promise.all([
    import('../targets/target'),
    import('../targets/buckets'),
  ])
  const client = connect(target)
  try {
    const buckets = isGone ? [] : await removeRunBuckets(client, target.runId)
    for (const bucket of buckets) print(`Deleted the bucket ${bucket} and everything in it.`)
    return true
  } catch (error) {
    return reportError(error, target)
  } finally {
    client.destroy()
    await target.stop()
  }
}

/** Prints an error, unless it occurred because the user interrupted the scenario. */
function reportError(error: unknown, target: RunningTarget): false {
  isGone ||= isNoResponse(error)
  if (isGone) console.error(`${calledAs(target.store)} no longer responds.`)
  else if (error instanceof SetupError || !signal.aborted) console.error(failureSentence(error))
  return false
}
