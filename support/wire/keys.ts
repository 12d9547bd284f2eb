// Keys are decoded before they are compared, because clients escape different characters: unlike Node's URL class, the
// SDK also escapes ! ' ( ) *.

/** Decodes the path of a request and drops its query. A path with invalid escapes is not decoded. */
export function decodedPath(path: string): string {
  const [pathname = ''] = path.split('?')
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

/** Whether two paths address the same key, however it is escaped. */
export function isSamePath(one: string, other: string): boolean {
  return decodedPath(one) === decodedPath(other)
}

/**
 * Whether a path addresses a key. The key follows the bucket in the path or, if the host contains the bucket, is the
 * whole path.
 * @param key the key, not escaped
 */
export function addresses(path: string, key: string): boolean {
  const decoded = decodedPath(path)
  return decoded === `/${key}` || decoded.replace(/^\/[^/]*/, '') === `/${key}`
}

/** Escapes a key for a path or x-amz-copy-source as the SDK does: everything except letters, digits and `-_.~/`. */
export function escapedKey(key: string): string {
  const escaped = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  return key.split('/').map(escaped).join('/')
}
