/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: import.meta.dirname },
  // `check` and `npm test` look at the types; once is enough.
  typescript: { ignoreBuildErrors: true },
  // What holds sockets, threads or native code is loaded by Node itself, not bundled.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "better-auth",
    "file-type",
    "flydrive",
    "graphile-worker",
    "ioredis",
    "openai",
    "pg",
    "pino",
    "prom-client",
    "rate-limiter-flexible",
    "sharp",
    "ws",
  ],
};
