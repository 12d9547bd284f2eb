import { parseArgs } from 'node:util'
import { SetupError } from '../errors'
import { readSettings } from '../targets/settings'
import { startTarget } from '../targets/start'
import type { RunningTarget } from '../targets/target'
import { failureSentence } from './failure'
import { wrap } from './wrap'

const HELP = `Leads through the conditional requests of Amazon S3, on a store that comes up by itself.

  npm start               sets up two buckets and an object, lets you explore them, and cleans up
  npm start -- --tour     walks all steps by itself, as it does without a terminal
  npm start -- --help     says this

Ctrl-C cleans up, too. The tour exits with 0 if every outcome was as expected on that store, and else with 1.
S3_TARGET or S3_ENDPOINT choose the store, as for npm test: see the settings in the README.`

/** Ctrl-C can arrive twice, from the terminal and from npm; what comes later than this is impatience. */
const IMPATIENT_MS = 1_000

const say = (text: string) => {
  const width = process.stdout.isTTY ? process.stdout.columns : undefined
  for (const line of text.split('\n').flatMap((one) => wrap(one, width))) console.log(line)
}
const interruption = new AbortController()
const { signal } = interruption
let target: RunningTarget | undefined
let interruptedAt: number | undefined
/** The store has gone: there is nothing left to clean. */
let gone = false

process.on('SIGINT', () => interrupt(130)).on('SIGTERM', () => interrupt(143))
// Nobody reads any more, as in `npm start | head`.
process.stdout.on('error', () => interrupt(141))
process.exitCode = (await main()) ? 0 : 1
if (signal.aborted) process.exitCode = signal.reason

/** Ends what is going on after the request that is on its way; then all is cleaned up. */
function interrupt(exitCode: number): void {
  // Nobody waits twice. The reaper of the targets cleans up then, as it does while a target is starting.
  const now = Date.now()
  if (!target || now - (interruptedAt ?? now) > IMPATIENT_MS) process.exit(exitCode)
  interruptedAt ??= now
  interruption.abort(exitCode)
}

/** @returns whether all went well */
async function main(): Promise<boolean> {
  let tour: boolean
  try {
    const options = { tour: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
    const { values } = parseArgs({ options })
    if (values.help) {
      say(HELP)
      return true
    }
    tour = values.tour ?? !(process.stdin.isTTY && process.stdout.isTTY)
  } catch (error) {
    console.error(`${(error as Error).message.split('. ')[0]}.\nTry: npm start -- --help`)
    return false
  }
  let running: RunningTarget
  try {
    const settings = readSettings(process.env)
    if (settings.baseline) (await import('../verdicts/stored-results')).readOwnBaseline({ name: '', version: '' })
    target = running = await startTarget(settings, say)
  } catch (error) {
    console.error(failureSentence(error))
    return false
  }
  const { headline, notice } = running
  if (notice) say(notice)
  say(headline)
  const well = await scenario(running, tour).catch((error: unknown) => complain(error, running))
  const isClean = await cleanUp(running)
  if (notice) say(notice)
  return isClean && well
}

async function scenario(target: RunningTarget, tour: boolean): Promise<boolean> {
  const [{ setScene }, { explore }, { walk }] = await Promise.all([
    import('./session'),
    import('./menu'),
    import('./tour'),
  ])
  const scene = await setScene(target, signal)
  for (const bucket of scene.buckets) say(`Created the bucket ${bucket}.`)
  say(`Stored the object ${scene.object.Key} in the first one.`)
  if (tour) return walk(scene, say)
  const { terminalPrompts } = await import('./prompts')
  await explore(scene, say, terminalPrompts({ signal, interrupt: () => interrupt(130) }), signal)
  return true
}

/** Empties and deletes the buckets, and stops what was started. */
async function cleanUp(target: RunningTarget): Promise<boolean> {
  say('\nClean up\n')
  const [{ connect }, { removeRunBuckets }] = await Promise.all([
    import('../targets/target'),
    import('../targets/buckets'),
  ])
  const client = connect(target)
  try {
    const buckets = gone ? [] : await removeRunBuckets(client, target.runId)
    for (const bucket of buckets) say(`Deleted the bucket ${bucket} and all it held.`)
    return true
  } catch (error) {
    return complain(error, target)
  } finally {
    client.destroy()
    await target.stop()
  }
}

/** Says what went wrong; an interruption did not. */
async function complain(error: unknown, target: RunningTarget): Promise<false> {
  const [{ isNoAnswer }, { nameOf }] = await Promise.all([import('../wire/no-response'), import('./print')])
  gone ||= isNoAnswer(error)
  if (gone) console.error(`${nameOf(target)} does not answer any more.`)
  else if (error instanceof SetupError || !signal.aborted) console.error(failureSentence(error))
  return false
}
