export type ActivityStatus = "planned" | "done" | "reported";
