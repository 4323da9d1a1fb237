/** The one real broker that the files of a run share: each start costs 6 s and 440 MB. */
import { startPulsar } from '../../demo/pulsar/pulsar.js';
import { SHARED_PULSAR } from '../support/service/use-service.js';

/** Gives back its end. Rejects with what to install where there is neither Java nor a container engine. */
export async function startSharedBroker(): Promise<() => Promise<void>> {
  const broker = await startPulsar();
  process.env[SHARED_PULSAR] = broker.origin;
  return async () => {
    // Its data is thrown away, so nobody waits up to 9 s for an orderly end.
    if (broker.isOurs) await broker.kill();
    await broker.stop();
  };
}
