import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { startModelServer } from '../../src/cli/demo/model-server.js';
import { spawnProgram } from '../helpers/spawn-program.js';
import { tempDir } from '../helpers/temp-dir.js';
import { waitUntil } from '../helpers/wait-until.js';
import { findProgram } from './find-program.js';
import { freePort } from './free-port.js';
import { modelEnv, program, REGISTER } from './world.js';

const prometheus = findProgram('prometheus');
const promtool = findProgram('promtool');

/** Starts a program under Arc that has made one repaired call. @returns the port of its metrics. */
async function startProgram(t: ExecutionContext): Promise<number> {
  const models = await startModelServer();
  t.teardown(() => models.close());
  const port = await freePort();
  const running = spawnProgram(t, {
    args: [...REGISTER, program('end.cjs'), 'wait'],
    env: {
      ...modelEnv(models),
      ARC_CONTROL_URL: 'none',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
    },
  });
  await running.waitForLine(/called/);
  return port;
}

const config = (target: number): string => `
global: { scrape_interval: 200ms, scrape_timeout: 200ms }
scrape_configs:
  - job_name: programs
    static_configs: [{ targets: ['127.0.0.1:${target}'] }]
`;

/** Starts Prometheus on one target. @returns its base URL. */
async function startPrometheus(t: ExecutionContext, command: string, target: number): Promise<string> {
  const folder = tempDir(t, { 'prometheus.yml': config(target) });
  const port = await freePort();
  spawnProgram(t, {
    command,
    args: [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    cwd: folder,
  });
  return `http://127.0.0.1:${port}`;
}

interface QueryAnswer {
  readonly status: string;
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [at: number, value: string];
    }[];
  };
}

/** Asks until there is an answer. @returns its only series. */
async function query(url: string, promql: string) {
  const series = await waitUntil(
    `an answer to ${promql}`,
    async () => {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(promql)}`);
      const { data } = (await answer.json()) as QueryAnswer; // Prometheus' documented form
      return data.result.length === 1 && data.result[0];
    },
    { timeoutMs: 30_000, everyMs: 100 },
  );
  return { labels: series.metric, value: Number(series.value[1]) };
}

const withPrometheus = prometheus === undefined ? test.serial.skip : test.serial;

withPrometheus('Prometheus: scrapes a running program and answers for repairs by pattern', async (t) => {
  const url = await startPrometheus(t, prometheus ?? '', await startProgram(t));
  const fixes = await query(url, 'sum by (arc_pattern_id) (arc_fixes_applied_total)');
  t.deepEqual(fixes, { labels: { arc_pattern_id: 'openai.gpt-4.high-temperature' }, value: 1 });
  t.is((await query(url, 'sum(arc_requests_intercepted_total{arc_decision="fix"})')).value, 1);
  t.is((await query(url, 'sum(arc_match_duration_count)')).value, 1);
  const slowest = await query(url, 'histogram_quantile(1, sum by (le) (arc_match_duration_bucket))');
  t.true(slowest.value > 0 && slowest.value < Infinity, `matching took at most ${slowest.value}`);
  t.is((await query(url, 'target_info')).labels['service_name'], 'shop');
  t.is((await query(url, 'up')).value, 1);
});

const withPromtool = promtool === undefined ? test.serial.skip : test.serial;

withPromtool('Prometheus: promtool finds nothing wrong with the metrics of Arc', async (t) => {
  const port = await startProgram(t);
  const input = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  t.regex(input, /^arc_fixes_applied_total\{/m);
  const { stdout, stderr } = spawnSync(promtool ?? '', ['check', 'metrics'], { input, encoding: 'utf8' });
  const findings = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  // What it says of metrics that are not Arc's is for their authors.
  t.deepEqual(
    findings.filter((line) => /^arc_|error|parse/i.test(line)),
    [],
  );
});
