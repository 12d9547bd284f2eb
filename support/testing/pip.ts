// What pip 24.2 prints when an installation fails.
const retry = (left: number, cause: string, page: string) =>
  `WARNING: Retrying (Retry(total=${left}, connect=None, read=None, redirect=None, status=None)) ` +
  `after connection broken by '${cause}': ${page}`

const notFound = (name: string) => [
  `ERROR: Could not find a version that satisfies the requirement ${name}==1.0 (from versions: none)`,
  `ERROR: No matching distribution found for ${name}==1.0`,
]

const NO_CONNECTION =
  "NewConnectionError('<pip._vendor.urllib3.connection.HTTPConnection object at 0x7f>: " +
  "Failed to establish a new connection: [Errno 111] Connection refused')"

export const pip = {
  /** The package index does not respond. */
  unreachable: [
    'Looking in indexes: http://127.0.0.1:9/simple',
    ...[4, 3, 2, 1, 0].map((left) => retry(left, NO_CONNECTION, '/simple/annotated-types/')),
    ...notFound('annotated-types'),
  ].join('\n'),
  /** A proxy blocks access to the package index. */
  behindProxy: [
    retry(0, "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 503'))", '/simple/idna/'),
    ...notFound('idna'),
  ].join('\n'),
  /** Requests to the package index time out. */
  silent: [
    retry(
      0,
      `ReadTimeoutError("HTTPSConnectionPool(host='index', port=443): Read timed out. (read timeout=15)")`,
      '/simple/idna/',
    ),
    ...notFound('idna'),
  ].join('\n'),
  /** The package index responds but does not have the package. */
  lacking: ['Looking in indexes: http://127.0.0.1:8765/simple', ...notFound('annotated-types')].join('\n'),
  /** The package index does not respond to the first attempt, and does not have the package. */
  lackingAfterRetry: [retry(4, NO_CONNECTION, '/simple/annotated-types/'), ...notFound('annotated-types')].join('\n'),
  /** Requests for `idna` get no response, but the cause of the failure is that the index lacks `annotated-types`. */
  lackingAnother: [retry(0, NO_CONNECTION, '/simple/idna/'), ...notFound('annotated-types')].join('\n'),
  /** A download is interrupted. */
  brokenDownload: [
    'Collecting annotated-types==1.0',
    retry(0, NO_CONNECTION, '/packages/annotated_types-1.0-py3-none-any.whl'),
    'ERROR: Could not install packages due to an OSError: Max retries exceeded',
  ].join('\n'),
  /** The certificate of the package index is not trusted. */
  untrusted: [
    'Could not fetch URL https://index/simple/idna/: There was a problem confirming the ssl certificate - skipping',
    retry(0, "SSLError(SSLCertVerificationError(1, 'certificate verify failed'))", '/simple/idna/'),
    ...notFound('idna'),
  ].join('\n'),
  otherHash: 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.',
  diskFull: 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
} as const
