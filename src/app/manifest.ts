import type { MetadataRoute } from "next";

/** What a browser needs to keep Baton as an app of its own; iPhones and iPads take pushes for such apps only. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/inbox",
    name: "Baton",
    short_name: "Baton",
    description: "Customer support: conversations that need a person.",
    start_url: "/inbox",
    scope: "/",
    display: "standalone",
    background_color: "#f5f6f8",
    theme_color: "#f5f6f8",
    icons: [
      { src: "/icon.svg", type: "image/svg+xml", sizes: "any" },
      { src: "/icons/icon-192.png", type: "image/png", sizes: "192x192" },
      { src: "/icons/icon-512.png", type: "image/png", sizes: "512x512" },
      { src: "/icons/icon-maskable-512.png", type: "image/png", sizes: "512x512", purpose: "maskable" },
    ],
  };
}
