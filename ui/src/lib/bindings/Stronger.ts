export type Stronger = "evidence" | "endorsement" | "assessed-credential";
