import { requiredObject } from './addressed.ts'
import { md5Of } from './checksums.ts'
import { bucketOf, type Context, decide } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond, respondFailure, respondXml } from './respond.ts'
import { wholeSecond } from './values.ts'
import { bodyOf } from './write.ts'

const nameOf = ({ request }: Context) => request.query.get('annotationName') ?? ''

export function putAnnotation(context: Context): StoreResponse {
  const { sent, now, request } = context
  const bucket = bucketOf(context)
  const decision = decide(context)
  if (decision.kind === 'failure' && decision.effect === 'unchanged') return respondFailure(decision.error)
  const payload = sent.body ?? Buffer.alloc(0)
  const etag = `"${md5Of(bodyOf(payload))}"`
  const name = nameOf(context)
  const { annotations } = requiredObject(context, bucket)
  if (decision.effect !== 'unchanged') annotations.set(name, { payload, etag, lastModified: wholeSecond(now) })
  if (decision.kind === 'failure') return respondFailure(decision.error)
  return respondXml(200, 'PutObjectAnnotationOutput', { Key: request.key ?? '', AnnotationName: name }, { ETag: etag })
}

export function deleteAnnotation(context: Context): StoreResponse {
  const bucket = bucketOf(context)
  const decision = decide(context)
  if (decision.effect !== 'unchanged') requiredObject(context, bucket).annotations.delete(nameOf(context))
  return decision.kind === 'failure' ? respondFailure(decision.error) : respond(204)
}

export function getAnnotation(context: Context): StoreResponse {
  const found = requiredObject(context, bucketOf(context)).annotations.get(nameOf(context))
  if (!found) throw new S3Error(404, 'NoSuchAnnotation')
  const { payload, etag, lastModified } = found
  return respond(200, { ETag: etag, 'Last-Modified': lastModified.toUTCString() }, bodyOf(payload))
}

export function listAnnotations(context: Context): StoreResponse {
  const { annotations } = requiredObject(context, bucketOf(context))
  const entries = [...annotations].map(([name, { etag, payload, lastModified }]) => ({
    AnnotationName: name,
    LastModified: lastModified.toISOString(),
    Size: payload.length,
    ETag: etag,
  }))
  return respondXml(200, 'ListObjectAnnotationsOutput', {
    Annotations: { AnnotationEntry: entries },
    Bucket: context.request.bucket,
    Key: context.request.key ?? '',
    AnnotationCount: entries.length,
  })
}
