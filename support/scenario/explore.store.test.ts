import { inject } from 'vitest'
import { removeRunBuckets } from '../fixtures/buckets'
import { startLiar } from '../liar/liar'
import { connect } from '../targets/target'
import { test as base, expect } from '../test'
import { type Scene, setScene } from './explore'
import { walk } from './tour'

const test = base.extend('scene', async ({}, { onCleanup }): Promise<Scene> => {
  // A run of its own, so that clean-up removes the scene's buckets and no other.
  const target = { ...inject('target'), runId: Math.random().toString(36).slice(2, 12).padEnd(10, '0') }
  onCleanup(async () => void (await removeRunBuckets(connect(target), target.runId)))
  return setScene(target, new AbortController().signal)
})
