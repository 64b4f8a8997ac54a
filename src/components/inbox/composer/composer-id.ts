/** The element where writing begins, wherever the composer shows it. */
export const composerId = "composer";
