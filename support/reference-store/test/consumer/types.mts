// Code of an application that uses the package. It must compile, except for the lines below `@ts-expect-error`.
import { type Fault, type ReferenceStore, type ReferenceStoreOptions, startReferenceStore } from 's3-reference-store'
import { evaluate } from 's3-reference-store/rules'

const options: ReferenceStoreOptions = {
  port: 0,
  faults: [{ fault: 'conflict', operation: 'PutObject', times: 1 }],
  now: () => new Date(),
}

export async function use(): Promise<readonly Fault[]> {
  await using store: ReferenceStore = await startReferenceStore(options)
  store.faults.add({ fault: 'latency', operation: '*', milliseconds: 5 })
  // @ts-expect-error: the operation does not exist
  store.faults.add({ fault: 'conflict', operation: 'PutObjekt' })
  // @ts-expect-error: the option does not exist
  await startReferenceStore({ prot: 4570 })
  const texts: string[] = [store.endpoint, store.clientConfig.region, store.secondUser.arn, ...store.log]
  return texts.length > 0 ? store.faults.list() : []
}

export const rule: unknown = evaluate
