/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // No page uses it, and its address would decode pictures for anyone.
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
  experimental: {
    // Most builds are the first of their clone, and writing a cache for a next one takes a third of the time.
    turbopackFileSystemCacheForBuild: false,
    // Nothing reads these maps; what the server says in its log names our functions without them.
    turbopackSourceMaps: false,
    serverMinification: false,
  },
  // `check` and `npm test` look at the types; once is enough.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [
      // Their names change with their content.
      {
        source: "/widget/frame-:hash",
        headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
      },
      { source: "/widget/loader.js", headers: [{ key: "Cache-Control", value: "public, max-age=300" }] },
    ];
  },
  async rewrites() {
    return [{ source: "/favicon.ico", destination: "/icon.svg" }];
  },
  // What holds sockets, threads or native code is loaded by Node itself, not bundled; what only the server
  // uses and is large is not either, since it would be bundled once for each kind of route.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "@slack/bolt",
    "better-auth",
    "botframework-connector",
    "csv-stringify",
    "eld",
    "file-type",
    "graphile-worker",
    "ioredis",
    "jose",
    "libphonenumber-js",
    "nodemailer",
    "openai",
    "pg",
    "pino",
    "rate-limiter-flexible",
    "request-filtering-agent",
    "sharp",
    "standardwebhooks",
    "telegraf",
    "twilio",
    "web-push",
    "ws",
    "zod-openapi",
  ],
};
