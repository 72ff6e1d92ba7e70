/** The sample learner: somebody to look around with. */
import { sampleFill, sampleRemove, type Change } from '$lib/api';
import { attempt, tell } from './doing';

async function told(what: () => Promise<Change>): Promise<void> {
  const change = await attempt(what);
  if (change) tell(change);
}

export const fillSample = () => told(sampleFill);
export const removeSample = () => told(sampleRemove);
