export { addressKey } from "./address.ts";
export { type Counts, closeRateLimits, limit } from "./limit.ts";
export { type RateName, rateRules } from "./rules.ts";
