export type Fit = "fits" | "partly" | "misses" | "unknown";
