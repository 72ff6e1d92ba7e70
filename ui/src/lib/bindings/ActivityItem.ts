import type { ActivityStatus } from "./ActivityStatus";
export type ActivityItem = { id: string, title: string, status: ActivityStatus, date: string | null, credits: number | null, in_cycle: boolean, proven: boolean };
