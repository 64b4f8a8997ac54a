"use client";

import { readStored } from "./use-stored.ts";

/** Two soft notes, unless the operator muted them. Browsers allow sound only after a first press. */
export function chime() {
  if (readStored("muted", false)) return;
  try {
    const audio = new AudioContext();
    if (audio.state === "suspended") return void audio.close();
    for (const [index, pitch] of [659.25, 880].entries()) {
      const start = audio.currentTime + index * 0.12;
      const gain = audio.createGain();
      gain.gain.setValueAtTime(0.0001, start);
      gain.gain.exponentialRampToValueAtTime(0.08, start + 0.015);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
      const tone = audio.createOscillator();
      tone.type = "sine";
      tone.frequency.value = pitch;
      tone.connect(gain).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    }
    setTimeout(() => audio.close(), 1_000);
  } catch {
    // A machine without sound still shows the toast.
  }
}
