import type { ObjectIdentifier } from '@aws-sdk/client-s3'

/** An entry of a DeleteObjects request: its key, and its conditions under the names of the equivalent headers. */
export interface Entry {
  key: string
  'if-match'?: string
  'x-amz-if-match-size'?: string
  'x-amz-if-match-last-modified-time'?: string
}

/** Returns the entries in the input of a DeleteObjects command as `{ entries }`, or `{}` for any other command. */
export function entriesIn(input: unknown): { entries?: Entry[] } {
  const { Objects } = (input as { Delete?: { Objects?: ObjectIdentifier[] } }).Delete ?? {}
  const entries = Objects?.map(({ Key = '', ETag, Size, LastModifiedTime }) => ({
    key: Key,
    ...(ETag !== undefined && { 'if-match': ETag }),
    ...(Size !== undefined && { 'x-amz-if-match-size': String(Size) }),
    ...(LastModifiedTime && { 'x-amz-if-match-last-modified-time': LastModifiedTime.toUTCString() }),
  }))
  return entries ? { entries } : {}
}
