/** Tells the time; passed as an argument wherever a decision depends on it. */
export type Clock = { now(): Date };

/** The real time of this machine. */
export const systemClock: Clock = { now: () => new Date() };
