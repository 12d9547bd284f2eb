// Keys are decoded before they are compared, because clients differ in the characters that they escape: the SDK also
// escapes ! ' ( ) *, which Node's URL class does not.

/** Decodes the path of a request and drops its query. If the path has invalid escapes, it is not decoded. */
export function decodedPath(path: string): string {
  const [pathname = ''] = path.split('?')
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

/** Whether two paths address the same key, regardless of which characters they escape. */
export function isSamePath(one: string, other: string): boolean {
  return decodedPath(one) === decodedPath(other)
}

/**
 * Whether a path addresses a key. With path-style addressing, the key follows the bucket in the path. With
 * virtual-hosted-style addressing, the key is the whole path.
 * @param key the unescaped key
 */
export function addresses(path: string, key: string): boolean {
  const decoded = decodedPath(path)
  return decoded === `/${key}` || decoded.replace(/^\/[^/]*/, '') === `/${key}`
}

/**
 * Percent-encodes a key for a path or for x-amz-copy-source as the SDK does: every character except letters, digits and
 * `-_.~/`.
 */
export function escapedKey(key: string): string {
  const escaped = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  return key.split('/').map(escaped).join('/')
}
