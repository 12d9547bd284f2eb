import { z } from 'zod'
import { BODIES, DIFFERENCES, ETAG_FORMS, KEY_CONTENTS, OBJECT_PARTS, type Observation } from '../observation'

const text = z.string()
const count = z.number().int().nonnegative()

const response = {
  operation: text,
  status: count.optional(),
  code: text.optional(),
  condition: text.optional(),
  header: text.optional(),
  body: z.enum(BODIES).optional(),
}
const named = { operation: text, name: text, is: z.enum(DIFFERENCES) }

/** The schema of an observation. `support/observation.ts` describes each kind. */
export const observation: z.ZodType<Observation> = z.union([
  z.strictObject({ kind: z.enum(['response', 'loser', 'look']), ...response }),
  z.strictObject({ kind: z.literal('connection'), error: text }),
  z.strictObject({ kind: z.literal('race'), winners: z.enum(['none', 'several']) }),
  z.strictObject({ kind: z.enum(['element', 'header', 'member']), ...named }),
  z.strictObject({ kind: z.literal('entry'), is: z.enum(['missing', 'deleted', 'unexpected']) }),
  z.strictObject({ kind: z.literal('entry'), is: z.literal('failed'), code: text }),
  z.strictObject({ kind: z.literal('entry'), is: z.enum(['missing', 'other']), name: text }),
  z.strictObject({ kind: z.literal('etag'), is: z.enum(ETAG_FORMS) }),
  z.strictObject({ kind: z.literal('checksum'), is: z.literal('other') }),
  z.strictObject({ kind: z.literal('object'), holds: z.enum(KEY_CONTENTS) }),
  z.strictObject({ kind: z.literal('object'), changed: z.enum(OBJECT_PARTS) }),
  z.strictObject({ kind: z.literal('versions'), versions: count, deleteMarkers: count }),
  z.strictObject({ kind: z.literal('versions'), changed: z.literal('ids') }),
  z.strictObject({ kind: z.literal('versions'), gained: z.enum(['none', 'several']) }),
  z.strictObject({ kind: z.literal('parts'), parts: z.union([z.array(count), z.literal('upload is gone')]) }),
  z.strictObject({ kind: z.literal('outcome'), is: z.literal('other') }),
  z.strictObject({ kind: z.literal('assertion'), matcher: text, nth: count }),
])
