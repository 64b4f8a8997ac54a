export { addressKey } from "./address.ts";
export { type Counts, closeRateLimits, limit } from "./limit.ts";
export type { RateName } from "./rules.ts";
