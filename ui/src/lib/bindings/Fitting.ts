import type { Fit } from "./Fit";
import type { FitReason } from "./FitReason";
export type Fitting = { purpose: string, fit: Fit, reasons: Array<FitReason> };
