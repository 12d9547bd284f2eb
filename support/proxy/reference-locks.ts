/** Locks by name: who holds some of them does so alone, and who waits comes in the order of asking. */
export interface Locks {
  /**
   * Runs something while it holds all of these names.
   * @param names in any order; asked for in one order by everybody, so that nobody waits for who waits for them
   */
  holding<T>(names: readonly string[], work: () => Promise<T>): Promise<T>
}

export function newLocks(): Locks {
  const last = new Map<string, Promise<void>>()

  async function hold(name: string): Promise<() => void> {
    const before = last.get(name)
    let release = () => {}
    const own = new Promise<void>((resolve) => {
      release = resolve
    })
    last.set(name, own)
    await before
    return () => {
      if (last.get(name) === own) last.delete(name)
      release()
    }
  }

  return {
    async holding(names, work) {
      const releases: (() => void)[] = []
      try {
        for (const name of [...new Set(names)].sort()) releases.push(await hold(name))
        return await work()
      } finally {
        for (const release of releases) release()
      }
    },
  }
}

/** Deletes that succeed while a write is on its way (P23). */
export interface Deletes {
  /** Watches a name: `end` once the write is decided, after which `seen` says whether it was deleted from meanwhile. */
  watch(name: string): { seen(): boolean; end(): void }
  note(name: string): void
}

export function newDeletes(): Deletes {
  const watched = new Map<string, Set<{ seen: boolean }>>()
  return {
    watch(name) {
      const own = { seen: false }
      const all = watched.get(name) ?? new Set()
      watched.set(name, all.add(own))
      return {
        seen: () => own.seen,
        end() {
          all.delete(own)
          if (all.size === 0 && watched.get(name) === all) watched.delete(name)
        },
      }
    },
    note(name) {
      for (const one of watched.get(name) ?? []) one.seen = true
    },
  }
}
