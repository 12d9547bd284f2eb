/**
 * Waits for `work` to finish.
 * @throws TimeoutError if `work` takes longer than `ms` milliseconds, for example because a response never ends
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const late = new DOMException(`not finished within ${ms} ms`, 'TimeoutError')
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), ms)
  })
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}
