import type { Exchange } from '../wire/record'

/** Masks the ARNs of callers, account ids and bucket names in a text. */
function mask(text: string): string {
  return text
    .replace(/arn:(aws[\w-]*):(iam|sts)::\d{12}:[^\s<"',]+/g, 'arn:$1:$2::***')
    .replace(/\b\d{12}\b/g, '***')
    .replace(/s3cr-[a-z0-9]{10}-[a-z0-9]+(--[a-z0-9-]+--x-s3)?/g, 's3cr-***')
}

/** Removes everything from an exchange that identifies the account, and its request id. */
export function maskExchange(exchange: Exchange): Exchange {
  return JSON.parse(
    JSON.stringify(exchange, (name, value) => {
      if (name === 'RequestId') return undefined
      return typeof value === 'string' ? mask(value) : value
    }),
  )
}
