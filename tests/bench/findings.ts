/** What a profile showed, by the beginning of a line's name; told beside a figure that falls short. */
export const findings: Record<string, string> = {};
