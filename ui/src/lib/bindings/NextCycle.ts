export type NextCycle = { cycle_start: string, cycle_end: string, expires: string | null, renewal: string | null };
