/** A request as data: what a transport has read from a client. */
export interface StoreRequest {
  readonly method: string
  /** Path and query as they were sent, such as `/bucket/a%20key?versionId=null`. */
  readonly url: string
  /** By lower-case name; values of the same name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  /** Content-Encoding as it was sent, if the transport has removed `aws-chunked` from it: the signature covers it. */
  readonly contentEncoding?: string
  /** Without the framing of aws-chunked. */
  readonly body?: Buffer
  /** Headers that followed the body, by lower-case name. */
  readonly trailers?: Readonly<Record<string, string>>
}

/** A response as data. */
export interface StoreResponse {
  readonly status: number
  /** In Amazon S3's spelling; without `Content-Length`, which follows from the body. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: readonly Buffer[]
  /** Of a response to HEAD: the length of the body that GET would return, in bytes. */
  readonly contentLength?: number
  /** The request was executed, and the connection has to be closed instead of sending this response. */
  readonly isLost?: boolean
}

/** An error of Amazon S3, thrown anywhere in the store and turned into the response. */
export class S3Error extends Error {
  override readonly name = 'S3Error'
  readonly status: number
  readonly code: string
  /** Further elements of the XML, such as `BucketName`. */
  readonly elements: Readonly<Record<string, string>>
  /** Headers of the response. */
  readonly headers: Readonly<Record<string, string>>

  /** @param message Amazon S3's own words where they are known; absent: those of `WORDS` in respond.ts */
  constructor(
    status: number,
    code: string,
    message = '',
    { elements = {}, headers = {} }: { elements?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.elements = elements
    this.headers = headers
  }
}
