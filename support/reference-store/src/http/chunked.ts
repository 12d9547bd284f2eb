import type { ChunkVerifier } from '../core/chunk-signature.ts'
import { type Headers, S3Error } from '../core/message.ts'

export function isChunked(headers: Headers): boolean {
  return encodingsOf(headers).some(isAwsChunked) || /^STREAMING-/.test(headers['x-amz-content-sha256'] ?? '')
}

/**
 * Removes `aws-chunked` from Content-Encoding. This encoding applies only to the request and is not stored with the
 * object.
 */
export function withoutChunked(headers: Headers): Headers {
  const { 'content-encoding': all, ...others } = headers
  const rest = encodingsOf(headers).filter((one) => !isAwsChunked(one))
  if (all === undefined || rest.length === encodingsOf(headers).length) return headers
  return rest.length > 0 ? { ...others, 'content-encoding': rest.join(',') } : others
}

function encodingsOf({ 'content-encoding': all }: Headers): readonly string[] {
  return (all ?? '').split(',').flatMap((one) => one.trim() || [])
}

const isAwsChunked = (encoding: string) => encoding.toLowerCase() === 'aws-chunked'

interface ChunkedOptions {
  /** The value of `x-amz-decoded-content-length`. */
  readonly length: number
  /** Receives the decoded bytes in order. */
  readonly write: (bytes: Buffer) => void
  /** The names in `x-amz-trailer`, in lower case. */
  readonly trailers?: readonly string[]
  readonly verifier?: ChunkVerifier
}

interface ChunkedDecoder {
  /**
   * Decodes the next bytes of the body. The body can be split at any position.
   * @throws S3Error 400 IncompleteBody for malformed framing, 403 SignatureDoesNotMatch
   */
  push(bytes: Buffer): void
  /**
   * Checks that the body is complete.
   * @returns the trailers by lower-case name
   * @throws S3Error 400 IncompleteBody, MalformedTrailerError; 403 SignatureDoesNotMatch
   */
  end(): Headers
}

/**
 * The maximum length of a chunk header. A typical header is much shorter: a size and a 64-digit hexadecimal signature.
 */
const MAX_HEADER = 1024
const MAX_TRAILERS = 16 * 1024
const HEADER = /^([\da-f]{1,13})((?:;[^;\r\n]*)*)$/i
const LF = 10

/**
 * Creates a decoder for the `aws-chunked` encoding. Each chunk starts with its length, the last chunk is empty, and
 * trailers can follow the last chunk.
 */
export function newChunkedDecoder({ length, write, trailers = [], verifier }: ChunkedOptions): ChunkedDecoder {
  let state: 'header' | 'data' | 'end of data' | 'trailers' = 'header'
  let text = ''
  let left = 0
  let total = 0
  let signature: string | undefined

  const begin = (line: string) => {
    const [, digits, extensions = ''] = HEADER.exec(line) ?? []
    if (digits === undefined) throw incomplete()
    left = Number.parseInt(digits, 16)
    total += left
    if (total > length) throw incomplete()
    signature = /;\s*chunk-signature=([\da-f]*)/i.exec(extensions)?.[1]
    state = left > 0 ? 'data' : 'trailers'
    if (left === 0) verifier?.endChunk(signature)
  }

  /**
   * Reads the rest of the current line, or as much of it as has arrived.
   * @returns the position after the bytes read
   */
  const takeLine = (bytes: Buffer, from: number): number => {
    const end = bytes.indexOf(LF, from)
    text += bytes.toString('latin1', from, end < 0 ? bytes.length : end)
    if (text.length > MAX_HEADER) throw incomplete()
    if (end < 0) return bytes.length
    if (!text.endsWith('\r')) throw incomplete()
    const line = text.slice(0, -1)
    text = ''
    if (state === 'header') begin(line)
    else if (line === '') state = 'header'
    else throw incomplete()
    return end + 1
  }

  const takeData = (bytes: Buffer, from: number): number => {
    const part = bytes.subarray(from, from + left)
    verifier?.update(part)
    write(part)
    left -= part.length
    if (left === 0) {
      verifier?.endChunk(signature)
      state = 'end of data'
    }
    return from + part.length
  }

  return {
    push(bytes) {
      let at = 0
      while (at < bytes.length) {
        if (state === 'data') at = takeData(bytes, at)
        else if (state === 'trailers') {
          text += bytes.toString('latin1', at)
          if (text.length > MAX_TRAILERS) throw malformedTrailer()
          return
        } else at = takeLine(bytes, at)
      }
    },
    end() {
      if (state !== 'trailers' || total !== length || !text.endsWith('\r\n')) throw incomplete()
      return readTrailers(text, trailers, verifier)
    },
  }
}

/**
 * Parses the trailers. minio-go ends each trailer with a bare line feed, and sends an empty line before the signature.
 */
function readTrailers(text: string, announced: readonly string[], verifier?: ChunkVerifier): Headers {
  const pairs = text.split(/\r?\n/).flatMap((line): [string, string][] => {
    if (line === '') return []
    const [, name = '', value = ''] = /^([\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
    if (name === '') throw malformedTrailer()
    return [[name.toLowerCase(), value]]
  })
  const own = pairs.filter(([name]) => name !== SIGNATURE)
  const names = own.map(([name]) => name)
  if (names.some((name) => !announced.includes(name)) || announced.some((name) => !names.includes(name))) {
    throw malformedTrailer()
  }
  if (own.length > 0) {
    const [, signature] = pairs.find(([name]) => name === SIGNATURE) ?? []
    verifier?.endTrailers(
      own.map(([name, value]) => `${name}:${value}`),
      signature,
    )
  }
  return Object.fromEntries(own)
}

const SIGNATURE = 'x-amz-trailer-signature'

/** Returns the names in the `x-amz-trailer` header, in lower case. */
export function announcedTrailers(headers: Headers): readonly string[] {
  return (headers['x-amz-trailer'] ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || [])
}

export function incomplete(): S3Error {
  const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header'
  return new S3Error(400, 'IncompleteBody', message)
}

function malformedTrailer(): S3Error {
  const message =
    'The request contained trailing data that was not well-formed or did not conform to our published schema.'
  return new S3Error(400, 'MalformedTrailerError', message)
}
