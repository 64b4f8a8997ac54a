"use client";

import { useEffect } from "react";

declare global {
  interface Window {
    /** What the loader leaves on the page that it stands on. */
    Baton?: { shutdown: () => void };
  }
}

/** Puts a company's own chat on this page, by the very line that it would put on its own. */
export function LiveWidget({ agentId, color }: { agentId: string; color: string }) {
  useEffect(() => {
    const script = document.createElement("script");
    script.async = true;
    script.src = "/widget/loader.js";
    script.dataset.agent = agentId;
    script.dataset.color = color;
    document.body.append(script);
    return () => {
      script.remove();
      window.Baton?.shutdown();
    };
  }, [agentId, color]);
  return null;
}
