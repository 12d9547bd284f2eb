import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { withHeaders } from '../fixtures/clients'
import { copySourceOf } from '../fixtures/objects'
import { type Exchange, exchangeOf, record } from '../wire/record'
import { type Condition, HEADERS, isOnDate, type Request } from './request'

/** What a request brought: its exchange, and what a multipart upload needs of the answer. */
export interface Sent {
  readonly exchange: Exchange
  readonly uploadId?: string
  /** Entity tag of a part. */
  readonly partETag?: string
}

/**
 * Sends a request as a plain command of the SDK; a refusal is an answer, too.
 * @param texts of its conditions: entity tags as members of the command, dates too where they are whole seconds as HTTP
 * writes them, and else as bare headers, which the SDK could not be given
 * @param partETag of the part that completes an upload
 * @throws whatever is no answer of the store
 */
export async function sendAs(
  client: S3Client,
  request: Request,
  texts: { readonly [name in Condition]?: string },
  partETag?: string,
): Promise<Sent> {
  const members: Partial<Record<Condition, string | Date>> = {}
  const bare: Record<string, string> = {}
  for (const [name, text] of Object.entries(texts) as [Condition, string][]) {
    if (!isOnDate(name)) members[name] = text
    else if (new Date(text).toUTCString() === text) members[name] = new Date(text)
    else bare[HEADERS[name].toLowerCase()] = text
  }
  const exchanges: Exchange[] = []
  const recorded = withHeaders(record(client, 'spec', exchanges), bare)
  try {
    const answer = await command(recorded, request, members, partETag)
    return { exchange: exchanges.at(-1) as Exchange, ...answer }
  } catch (error) {
    const exchange = exchangeOf(error)
    if (!exchange) throw error
    return { exchange }
  }
}

async function command(
  client: S3Client,
  { operation, address, source, body, uploadId: UploadId = '' }: Request,
  conditions: object,
  partETag?: string,
): Promise<Omit<Sent, 'exchange'>> {
  const input = { ...address, ...conditions }
  const part = { ...input, UploadId, PartNumber: 1 }
  switch (operation) {
    case 'GetObject': {
      const { Body } = await client.send(new GetObjectCommand(input))
      await Body?.transformToString()
      return {}
    }
    case 'HeadObject':
      await client.send(new HeadObjectCommand(input))
      return {}
    case 'PutObject':
      await client.send(new PutObjectCommand({ ...input, Body: Buffer.from(body ?? '') }))
      return {}
    case 'DeleteObject':
      await client.send(new DeleteObjectCommand(input))
      return {}
    case 'CopyObject':
      await client.send(new CopyObjectCommand({ ...input, CopySource: copySource(source) }))
      return {}
    case 'CreateMultipartUpload':
      return { uploadId: (await client.send(new CreateMultipartUploadCommand(input))).UploadId }
    case 'UploadPart':
      return { partETag: (await client.send(new UploadPartCommand({ ...part, Body: Buffer.from(body ?? '') }))).ETag }
    case 'UploadPartCopy': {
      const copied = await client.send(new UploadPartCopyCommand({ ...part, CopySource: copySource(source) }))
      return { partETag: copied.CopyPartResult?.ETag }
    }
    case 'CompleteMultipartUpload': {
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: partETag }] }
      await client.send(new CompleteMultipartUploadCommand({ ...input, UploadId, MultipartUpload }))
      return {}
    }
    case 'AbortMultipartUpload':
      await client.send(new AbortMultipartUploadCommand({ ...input, UploadId }))
      return {}
  }
}

function copySource(source: Request['source']): string | undefined {
  return source && copySourceOf(source)
}
