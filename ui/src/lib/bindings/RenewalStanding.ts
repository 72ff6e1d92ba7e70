import type { ActivityItem } from "./ActivityItem";
import type { CreditProgress } from "./CreditProgress";
import type { NextCycle } from "./NextCycle";
export type RenewalStanding = { progress: CreditProgress, unit: string, start: string | null, end: string | null, activities: Array<ActivityItem>, next: NextCycle | null };
