/** A lake with S3 on a disk that fails as it is told: waits for its plan, says its address, and dies when it is time. */
import { type FaultPlan, FaultyDisk } from '../../../testing/faulty-disk.ts';
import { startTestLake } from '../../../testing/test-lake.ts';

// Loaded before the plan is known, so that the next process can get ready while the last one's ruins are looked at.
await import('../index.ts');

process.once('message', (message) => void start(message as { dataFolder: string; plan: FaultPlan }));
process.once('disconnect', () => process.exit());
process.send?.('loaded');

async function start({ dataFolder, plan }: { dataFolder: string; plan: FaultPlan }): Promise<void> {
  const disk = FaultyDisk.install(dataFolder, plan);
  const { url } = await startTestLake({ services: ['s3'], dataFolder });
  process.on('message', (message) => {
    if (message === 'cut') disk.cutPower();
    else process.send?.({ steps: disk.steps, journal: disk.journal });
  });
  process.send?.({ url });
}
