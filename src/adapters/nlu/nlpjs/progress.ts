const WIDTH = 30;

export interface Progress {
  readonly show: (share: number) => void;
  readonly end: () => void;
}

/** A bar where the error stream is a terminal; otherwise one line before and one after, for a log file. */
export function createProgress(write: (text: string) => void): Progress {
  const startedAt = Date.now();
  const isTerminal = process.stderr.isTTY;
  if (!isTerminal) write("training the language model…\n");
  return {
    show(share) {
      if (!isTerminal) return;
      const full = Math.round(share * WIDTH);
      write(
        `\rtraining the language model ${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${Math.round(share * 100)} %`,
      );
    },
    end() {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      write(`${isTerminal ? "\r\u001b[K" : ""}the language model is ready (${seconds} s)\n`);
    },
  };
}
