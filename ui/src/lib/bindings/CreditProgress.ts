export type CreditProgress = { required: number, earned: number, reported: number, planned: number, missing: number };
