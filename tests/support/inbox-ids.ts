/** The same UUID for the same number. */
export const idOf = (number: number) => `0193a000-0000-7000-8000-${String(number).padStart(12, "0")}`;
