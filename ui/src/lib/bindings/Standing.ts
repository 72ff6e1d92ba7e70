import type { Fitting } from "./Fitting";
import type { RenewalStanding } from "./RenewalStanding";
import type { Stronger } from "./Stronger";
export type Standing = { attendance_only: boolean, stronger: Array<Stronger>, fitting: Fitting | null, renewal: RenewalStanding | null };
