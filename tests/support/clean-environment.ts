import { forget } from "#lib/registry";

// Files of one worker share its process: each begins with the environment that the process was started with.
const shared = globalThis as { batonStartedWith?: NodeJS.ProcessEnv };
shared.batonStartedWith ??= { ...process.env };
const startedWith = shared.batonStartedWith;
for (const name of Object.keys(process.env)) if (!(name in startedWith)) delete process.env[name];
Object.assign(process.env, startedWith);
forget("env");
