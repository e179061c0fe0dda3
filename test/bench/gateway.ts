import type { Assignment } from './job.js';
import { loadFrom } from './peers.js';
import { bare, type Ready, type Usage } from './ready.js';
import { startSideProcess } from './side-process.js';

/** Portkey's gateway in a process beside this one, between the client and the model. */
export async function portkey({ modelUrl }: Assignment): Promise<Ready> {
  if (modelUrl === undefined) throw new Error('a gateway needs a model behind HTTP');
  const gateway = startSideProcess({
    file: loadFrom('portkey').resolve('@portkey-ai/gateway/build/start-server.js'),
    args: ['--port=0', '--headless'],
    execArgv: ['--require', require.resolve('./gateway-preload.js')],
  });
  process.once('exit', () => gateway.kill());
  const port = await gateway.ask<number>('port');
  const ready = bare({
    url: `http://127.0.0.1:${port}/v1`,
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': modelUrl },
  });
  return { ...ready, beside: () => gateway.ask<Usage>('usage') };
}
