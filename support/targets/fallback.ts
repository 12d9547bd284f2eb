import { SetupError } from '../errors'

/** The settings that select a store or depend on the selected store. */
const SELECT = ['S3_TARGET', 'S3_ENDPOINT', 'S3_PYTHON', 'S3_BASELINE', 'S3_UPDATE_BASELINE']

/**
 * Whether a run may fall back to the reference store if this machine cannot start the default store. A run may do so
 * only if no setting selects a store, and never in CI, where the result must not depend on the machine.
 */
export function mayFallBack(env: NodeJS.ProcessEnv): boolean {
  const isCi = env.CI !== undefined && !/^(|0|false)$/i.test(env.CI)
  return !isCi && SELECT.every((name) => env[name] === undefined)
}

/**
 * Explains why a run falls back to the reference store: every strategy failed because this machine lacks something that
 * the strategy needs.
 * @param errors the error from each strategy
 * @returns a clause, such as `no container runtime was found`; undefined if at least one strategy failed for another
 * reason
 */
export function reasonToFallBack(errors: readonly unknown[]): string | undefined {
  const isMissing = (error: unknown): error is SetupError => error instanceof SetupError && error.missing !== undefined
  if (errors.length === 0 || !errors.every(isMissing)) return undefined
  return errors.map(reasonOf).join(' and ')
}

/** Converts the first line of an error message to a clause, such as `no container runtime was found`. */
export function reasonOf({ message }: SetupError): string {
  const [first = ''] = message.split('\n')
  const text = first.replace(/[.:]$/, '')
  return /^[A-Z][a-z]+ /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
