/** Small notes that live as long as the tab. Nothing is written before `write` is called. */
export interface Keep {
  read(name: string): string | null;
  write(name: string, value: string): void;
  remove(name: string): void;
  /** Everything of ours in this tab. */
  clear(): void;
}

/** `sessionStorage` where the browser allows it, else this page's memory: the talk then ends with the page. */
export function createKeep(prefix: string): Keep {
  const memory = new Map<string, string>();
  const tab = (): Storage | null => {
    try {
      return window.sessionStorage;
    } catch {
      return null;
    }
  };
  return {
    read: (name) => memory.get(name) ?? tab()?.getItem(prefix + name) ?? null,
    write(name, value) {
      memory.set(name, value);
      try {
        tab()?.setItem(prefix + name, value);
      } catch {
        // Full or forbidden: memory holds it.
      }
    },
    remove(name) {
      memory.delete(name);
      tab()?.removeItem(prefix + name);
    },
    clear() {
      memory.clear();
      const storage = tab();
      if (storage === null) return;
      for (const name of Object.keys(storage).filter((each) => each.startsWith(prefix)))
        storage.removeItem(name);
    },
  };
}
