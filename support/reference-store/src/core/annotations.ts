import { requiredObject } from './addressed.ts'
import { md5Of } from './checksums.ts'
import { type Context, decide } from './context.ts'
import { S3Error, type StoreResponse } from './message.ts'
import { respond, respondFailure, respondXml } from './respond.ts'
import { sizeOf, wholeSecond } from './values.ts'
import { bodyOf } from './write.ts'

const nameOf = ({ request }: Context) => request.query.get('annotationName') ?? ''

export function putAnnotation(context: Context): StoreResponse {
  const { sent, now, request } = context
  const decision = decide(context)
  if (decision.kind === 'failure' && decision.effect === 'unchanged') return respondFailure(decision.error)
  const body = bodyOf(sent.body)
  const etag = `"${md5Of(body)}"`
  const name = nameOf(context)
  const { annotations } = requiredObject(context)
  if (decision.effect !== 'unchanged') annotations.set(name, { body, etag, lastModified: wholeSecond(now) })
  if (decision.kind === 'failure') return respondFailure(decision.error)
  return respondXml(200, 'PutObjectAnnotationOutput', { Key: request.key ?? '', AnnotationName: name }, { ETag: etag })
}

export function deleteAnnotation(context: Context): StoreResponse {
  const decision = decide(context)
  if (decision.effect !== 'unchanged') requiredObject(context).annotations.delete(nameOf(context))
  return decision.kind === 'failure' ? respondFailure(decision.error) : respond(204)
}

export function getAnnotation(context: Context): StoreResponse {
  const found = requiredObject(context).annotations.get(nameOf(context))
  if (!found) throw new S3Error(404, 'NoSuchAnnotation')
  return respond(200, { ETag: found.etag, 'Last-Modified': found.lastModified.toUTCString() }, found.body)
}

export function listAnnotations(context: Context): StoreResponse {
  const { annotations } = requiredObject(context)
  const entries = [...annotations].map(([name, { etag, body, lastModified }]) => ({
    AnnotationName: name,
    LastModified: lastModified.toISOString(),
    Size: sizeOf(body),
    ETag: etag,
  }))
  return respondXml(200, 'ListObjectAnnotationsOutput', {
    Annotations: { AnnotationEntry: entries },
    Bucket: context.request.bucket,
    Key: context.request.key ?? '',
    AnnotationCount: entries.length,
  })
}
