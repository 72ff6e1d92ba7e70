/** The parts of a check, in a layperson's words. */
import type { PartCheck } from '$lib/api';
import { m } from '$lib/paraglide/messages';

export const partWords: Partial<Record<PartCheck['part'], () => string>> = {
  proof: m.part_proof,
  'co-signature': m.part_co_signature,
  key: m.part_key,
  dates: m.part_dates,
  status: m.part_status,
  schema: m.part_schema,
  identity: m.part_identity,
  evidence: m.part_evidence,
};
