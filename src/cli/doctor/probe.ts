/** Program run by `arc doctor` under `--require arc/otel-register`: loads the SDKs and prints the state as JSON. */
import { status } from '../../instrumentation/arc-process.js';
import { loadSdks } from './load-sdks.js';

void loadSdks(process.cwd()).then(() => {
  process.stdout.write(JSON.stringify(status() ?? null));
});
