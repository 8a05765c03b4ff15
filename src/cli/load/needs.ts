/** What one unit of work costs on the machine of `npm run bench`; the defaults are its medians (docs/capacity.md). */
export interface Costs {
  readonly turnCpuMs: number;
  readonly socketKb: number;
  readonly conversationKb: number;
}

export interface Crowd {
  readonly people: number;
  readonly spanMs: number;
  readonly messagesEach: number;
  /** How long somebody stays. */
  readonly stayMs: number;
  /** The fullest moment over the mean. */
  readonly peak: number;
}

export interface Needs {
  readonly messagesPerSecond: number;
  readonly onlineAtOnce: number;
  /** Cores at work in processes that answer, at the fullest moment. */
  readonly coresBusy: number;
  /** Processes that answer, each on one core that is kept at `MOST_BUSY`. */
  readonly workers: number;
  readonly webProcesses: number;
  readonly socketMb: number;
  readonly storedGb: number;
}

/** Above this share of a core, waiting grows faster than the work. */
const MOST_BUSY = 0.6;
const SOCKETS_PER_PROCESS = 15_000;

/** What a crowd needs at its fullest moment. */
export function needsOf({ people, spanMs, messagesEach, stayMs, peak }: Crowd, costs: Costs): Needs {
  const comePerMs = (people / spanMs) * peak;
  const messagesPerSecond = comePerMs * messagesEach * 1000;
  const onlineAtOnce = comePerMs * stayMs;
  const coresBusy = (messagesPerSecond * costs.turnCpuMs) / 1000;
  return {
    messagesPerSecond,
    onlineAtOnce,
    coresBusy,
    workers: Math.ceil(coresBusy / MOST_BUSY),
    webProcesses: Math.ceil(onlineAtOnce / SOCKETS_PER_PROCESS),
    socketMb: (onlineAtOnce * costs.socketKb) / 1024,
    storedGb: (people * costs.conversationKb) / 1024 / 1024,
  };
}
