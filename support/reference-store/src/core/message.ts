export type Headers = Readonly<Record<string, string>>

/** Decoded query parameters by name. */
export type Query = ReadonlyMap<string, string>

/** A request as plain data, independent of the transport. */
export interface StoreRequest {
  readonly method: string
  /** The encoded path and query, such as `/bucket/a%20key?versionId=null`. */
  readonly url: string
  /** Keyed by lower-case name. The values of a repeated header are joined with commas. */
  readonly headers: Headers
  /** The Content-Encoding that the client signed, if the transport has removed `aws-chunked` from the header. */
  readonly contentEncoding?: string
  /** The body after aws-chunked decoding. */
  readonly body?: Buffer
  /** Keyed by lower-case name. */
  readonly trailers?: Headers
}

export interface StoreResponse {
  readonly status: number
  /** Keyed by name in Amazon S3's capitalization. Excludes `Content-Length`, which is derived from the body. */
  readonly headers: Headers
  /** For HEAD, this is the body that GET would return, and the transport sends only its length. */
  readonly body: readonly Buffer[]
  /** Whether to close the connection without sending this response. */
  readonly isLost?: boolean
}

/** An error that the store returns as the response. */
export class S3Error extends Error {
  override readonly name = 'S3Error'
  readonly status: number
  readonly code: string
  /** Additional XML elements, such as `BucketName`. */
  readonly elements: Headers
  readonly headers: Headers

  /** @param message if empty, the response contains Amazon S3's default message for the code */
  constructor(
    status: number,
    code: string,
    message = '',
    { elements = {}, headers = {} }: { elements?: Headers; headers?: Headers } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.elements = elements
    this.headers = headers
  }
}

/** Any exception other than an S3Error is a bug in this store, and is logged with its stack trace. */
export function asS3Error(
  error: unknown,
  { method, url }: { method?: string | undefined; url?: string | undefined },
  log: (line: string) => void,
): S3Error {
  if (error instanceof S3Error) return error
  log(`${method} ${url} → 500 InternalError: ${error instanceof Error ? error.stack : error}`)
  return new S3Error(500, 'InternalError')
}
