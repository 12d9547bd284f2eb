/** Headers by name. */
export type Headers = Readonly<Record<string, string>>

/** Decoded query parameters by name. */
export type Query = ReadonlyMap<string, string>

/** A request as data, as a transport receives it. */
export interface StoreRequest {
  readonly method: string
  /** Path and query as they were sent, such as `/bucket/a%20key?versionId=null`. */
  readonly url: string
  /** By lower-case name; values of one name are joined by a comma. */
  readonly headers: Headers
  /** Content-Encoding as it was sent, if the transport has removed `aws-chunked` from it: it is signed. */
  readonly contentEncoding?: string
  /** Decoded from aws-chunked. */
  readonly body?: Buffer
  /** By lower-case name. */
  readonly trailers?: Headers
}

/** A response as data. */
export interface StoreResponse {
  readonly status: number
  /** In Amazon S3's spelling; without `Content-Length`, which follows from the body. */
  readonly headers: Headers
  readonly body: readonly Buffer[]
  /** The length in bytes of the body that GET would return, for a response to HEAD. */
  readonly contentLength?: number
  /** Close the connection without sending this response. */
  readonly isLost?: boolean
}

/** An error of Amazon S3. The store returns it as the response. */
export class S3Error extends Error {
  override readonly name = 'S3Error'
  readonly status: number
  readonly code: string
  /** More elements of the XML, such as `BucketName`. */
  readonly elements: Headers
  /** Headers of the response. */
  readonly headers: Headers

  /** @param message empty: the message of the code in respond.ts */
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
