/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // No page uses it, and its address would decode pictures for anyone.
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
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
  // What holds sockets, threads or native code is loaded by Node itself, not bundled.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "better-auth",
    "eld",
    "file-type",
    "graphile-worker",
    "ioredis",
    "nodemailer",
    "openai",
    "pg",
    "pino",
    "rate-limiter-flexible",
    "sharp",
    "web-push",
    "ws",
  ],
};
