import { type ParseArgsConfig, parseArgs } from 'node:util'
import { SetupError } from '../errors'

/** @throws SetupError that includes the usage if an argument is unknown or an option has no value */
export function parseCommandLine<T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new SetupError(`${(error as Error).message}\n\n${usage}`)
  }
}
