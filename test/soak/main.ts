/** `npm run soak`: many calls in random styles; exit code 1 when a span stays open or the heap grows. */
import { parseArgs } from 'node:util';
import { soak } from './soak.js';
import { complaints, heapSlope, settled, type Checkpoint } from './verdict.js';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    checkpoints: { type: 'string', default: '20' },
    'max-slope': { type: 'string', default: '8' },
  },
});

function row({ calls, heapBytes, open }: Checkpoint): string {
  return `${String(calls).padStart(8)}  ${(heapBytes / 1e6).toFixed(3).padStart(10)}  ${String(open).padStart(5)}`;
}

async function main(): Promise<void> {
  const maxSlope = Number(values['max-slope']);
  console.log('   calls     heap MB   open');
  const outcome = await soak({
    calls: Number(values.calls),
    seed: Number(values.seed),
    checkpoints: Number(values.checkpoints),
    onCheckpoint: (checkpoint) => console.log(row(checkpoint)),
  });
  const { started, ended } = outcome;
  const slope = heapSlope(settled(outcome));
  console.log(
    `spans started ${started}, ended ${ended}; heap ${slope.toFixed(2)} bytes a call (at most ${maxSlope})`,
  );
  const wrong = complaints(outcome, maxSlope);
  for (const complaint of wrong) console.error(`soak: ${complaint}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

void main();
