import type { PackHolder } from '../../patterns/pack-holder.js';
import { parsePack } from '../../patterns/parse-pack.js';
import type { ApplyResult, ReceivedPack } from '../control/pack-offer.js';
import { isBundled } from '../bundled.js';
import { LARGE_LATER } from './pack-file.js';
import { loadInWorker } from './pack-loader.js';

/** Makes the holder's control packs exactly the received ones; a pack that fails leaves its predecessor in force. */
export async function applyReceived(
  holder: PackHolder,
  received: readonly ReceivedPack[],
): Promise<readonly ApplyResult[]> {
  const wanted = new Set(received.map(({ name }) => name));
  for (const { name, origin } of holder.packs())
    if (origin === 'control' && !wanted.has(name)) holder.remove(name);
  const results: ApplyResult[] = [];
  for (const pack of received) results.push(await applyOne(holder, pack));
  return results;
}

async function applyOne(holder: PackHolder, pack: ReceivedPack): Promise<ApplyResult> {
  const { name } = pack;
  const present = holder.packs().find((held) => held.name === name);
  if (present && present.origin !== 'control') {
    const message = `the name "${name}" belongs to a pack of origin ${present.origin} in this process; give the pack another name`;
    return { name, outcome: 'failed', message };
  }
  try {
    if (present?.hash !== pack.hash && !holder.restore(name, pack.hash)) await install(holder, pack);
    return { name, outcome: 'installed' };
  } catch (error) {
    return { name, outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

/** Small packs at once, large ones by way of another thread, for which there is no file in a bundle. */
async function install(holder: PackHolder, { name, text }: ReceivedPack): Promise<void> {
  if (text.length < LARGE_LATER || isBundled()) {
    holder.put({ ...parsePack(text, name), name }, 'control');
    return;
  }
  await new Promise<void>((resolve, reject) => {
    loadInWorker(
      { kind: 'text', text, name },
      {
        failed: reject,
        loaded(pack) {
          if (pack.kind === 'image') holder.putImage(pack.image, 'control', pack.isChecked);
          else holder.patch(pack.delta);
          resolve();
        },
      },
    );
  });
}
