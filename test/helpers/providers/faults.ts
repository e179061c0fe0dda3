/** How one request asks to be treated, by words in the name of its model. */
export interface Fault {
  /** `refuse-429`: refused with this HTTP status. `flaky-503-2-<key>`: so are the first two of this name. */
  readonly status: number | undefined;
  /** `slow-500`: the answer comes after this many milliseconds. */
  readonly delayMs: number;
  /** The connection is lost after the first event, or the second is repeated until the client goes away. */
  readonly stream: 'cut' | 'endless' | undefined;
}

/** Creates the function that reads what a request asks for; it counts how often a flaky model was asked. */
export function createFaults(): (asked: string) => Fault {
  const counts = new Map<string, number>();
  return (asked) => {
    const stream = /\b(cut|endless)\b/.exec(asked)?.[1];
    return {
      status: statusOf(asked, counts),
      delayMs: Number(/\bslow-(\d+)/.exec(asked)?.[1] ?? 0),
      stream: stream === 'cut' || stream === 'endless' ? stream : undefined,
    };
  };
}

function statusOf(asked: string, counts: Map<string, number>): number | undefined {
  const refused = /\brefuse-(\d+)/.exec(asked)?.[1];
  if (refused !== undefined) return Number(refused);
  const [name, status, times] = /\bflaky-(\d+)-(\d+)-\w+/.exec(asked) ?? [];
  if (name === undefined) return undefined;
  const given = counts.get(name) ?? 0;
  counts.set(name, given + 1);
  return given < Number(times) ? Number(status) : undefined;
}
