import { createControl, type Control } from '../../../collector/control/control.js';
import type { PackChange } from '../../../collector/control/pack-store.js';
import type { ProcessView } from '../../../collector/control/process-view.js';
import type { RolloutResult } from '../../../collector/control/rollout.js';
import { openDatabase, type Database } from '../../../collector/store/database.js';
import type { PackProblem } from '../../../src/contract/errors.js';
import type { PackInfo } from '../../../src/contract/pattern.js';

/** Arc Core's control part on a free port, with the parts of its API as calls. */
export interface TestCore {
  readonly control: Control;
  readonly database: Database;
  readonly wsUrl: string;
  readonly httpUrl: string;
  add(source: string, query?: string): Promise<ApiAnswer>;
  remove(name: string, query?: string): Promise<ApiAnswer>;
  get(path: string): Promise<ApiAnswer>;
  close(): Promise<void>;
}

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: ApiBody;
}

/** Everything the answers may hold. */
export interface ApiBody {
  readonly pack?: PackInfo & { readonly source?: string; readonly text?: string };
  readonly packs?: readonly PackInfo[];
  readonly change?: PackChange | null;
  readonly changes?: readonly PackChange[];
  readonly processes?: readonly (Partial<RolloutResult> &
    Partial<Pick<ProcessView, 'connected' | 'packs' | 'upToDate'>>)[];
  readonly error?: {
    readonly code: string;
    readonly message?: string;
    readonly problems?: readonly PackProblem[];
  };
}

async function read(answer: Response | Promise<Response>): Promise<ApiAnswer> {
  const response = await answer;
  // The wire: the tests check what they use of it.
  return { status: response.status, body: (await response.json()) as ApiBody };
}

/** Starts one. */
export async function startTestCore(port = 0, database = openDatabase(':memory:')): Promise<TestCore> {
  const control = await createControl({ database, host: '127.0.0.1', port });
  const { routes } = control;
  return {
    control,
    database,
    wsUrl: `ws://127.0.0.1:${control.port}/v1/opamp`,
    httpUrl: `http://127.0.0.1:${control.port}/v1/opamp`,
    add(source, query = 'waitMs=5000&file=fleet.yaml') {
      const headers = { 'content-type': 'application/yaml' };
      return read(routes.request(`/packs?${query}`, { method: 'POST', headers, body: source }));
    },
    remove: (name, query = 'waitMs=5000') =>
      read(routes.request(`/packs/${name}?${query}`, { method: 'DELETE' })),
    get: (path) => read(routes.request(path)),
    close: () => control.close(),
  };
}

/** A pack whose one pattern sets the temperature. */
export function packSource(version: string, temperature = 0.7, name = 'fleet'): string {
  return `# written by hand
pack: ${name}
version: "${version}"
patterns:
  - id: ${name}.hot
    version: 1
    match:
      model: gpt-4
      temperature: { ">": 0.9 }
    fix:
      - set: { temperature: ${temperature} }
    confidence: 0.99
    source: https://example.com/issue/1
`;
}
