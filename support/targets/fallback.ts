import { SetupError } from '../errors'

/** Settings that choose a store, or expect a certain one. */
const CHOOSE = ['S3_TARGET', 'S3_ENDPOINT', 'S3_PYTHON', 'S3_BASELINE', 'S3_UPDATE_BASELINE']

/**
 * Whether a run may use the reference store if this machine cannot start another one: only if nobody has chosen a store,
 * and not in CI, where the result must not depend on what a machine lacks.
 * @param env environment variables
 */
export function mayFallBack(env: Readonly<Record<string, string | undefined>>): boolean {
  const isCi = env.CI !== undefined && !/^(|0|false)$/i.test(env.CI)
  return !isCi && CHOOSE.every((name) => env[name] === undefined)
}

/**
 * Why no strategy was possible, if this machine lacks what each of them needs.
 * @param errors of all strategies
 * @returns a part of a sentence; undefined if one of them failed
 */
export function reasonToFallBack(errors: readonly unknown[]): string | undefined {
  const isMissing = (error: unknown): error is SetupError => error instanceof SetupError && error.missing !== undefined
  if (errors.length === 0 || !errors.every(isMissing)) return undefined
  return errors.map(reasonOf).join(' and ')
}

/** The first line of a message, as a part of a sentence: `no container runtime answers`. */
export function reasonOf({ message }: SetupError): string {
  const [first = ''] = message.split('\n')
  const text = first.replace(/[.:]$/, '')
  return /^[A-Z][a-z]+ /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}
