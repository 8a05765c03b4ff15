/** The alarm of the console: two rising tones made by the browser itself, no file to load. */
export interface Bell {
  /** True while the browser would let nobody hear it. */
  readonly isBlocked: boolean;
  ring(): void;
  /** Rings at the counsellor's own tap, which also unblocks it. */
  test(): Promise<void>;
  /** Returns the way to stop listening. */
  onChange(listener: () => void): () => void;
}

const TONES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.22 },
  { hertz: 660, at: 0.44 },
  { hertz: 880, at: 0.66 },
];
const TONE_SECONDS = 0.2;

export function createBell(): Bell {
  const context = "AudioContext" in window ? new AudioContext() : null;
  const listeners = new Set<() => void>();
  context?.addEventListener("statechange", () => {
    for (const listener of listeners) listener();
  });
  // Any tap on the page is leave enough for the browser.
  for (const gesture of ["pointerdown", "keydown"]) {
    document.addEventListener(gesture, () => void context?.resume().catch(() => {}), { passive: true });
  }

  function ring(): void {
    if (context === null || context.state !== "running") return;
    for (const { hertz, at } of TONES) {
      const begin = context.currentTime + at;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, begin);
      volume.gain.exponentialRampToValueAtTime(0.25, begin + 0.03);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + TONE_SECONDS);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + TONE_SECONDS);
    }
  }

  return {
    get isBlocked() {
      return context === null || context.state !== "running";
    },
    ring,
    async test() {
      await context?.resume().catch(() => {});
      ring();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
