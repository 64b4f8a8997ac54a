import type { AlertKind } from "#contracts/notifications";

type Note = { pitch: number; at: number; length: number };

const [low, middle, high, higher] = [523.25, 659.25, 880, 1_046.5];

/** Who needs a person rises, words are one soft note, what is late falls. */
const tunes: Record<AlertKind, Note[]> = {
  escalation: [
    { pitch: middle, at: 0, length: 0.35 },
    { pitch: high, at: 0.12, length: 0.45 },
  ],
  offered: [
    { pitch: middle, at: 0, length: 0.25 },
    { pitch: high, at: 0.12, length: 0.25 },
    { pitch: higher, at: 0.24, length: 0.5 },
  ],
  assigned: [
    { pitch: high, at: 0, length: 0.2 },
    { pitch: high, at: 0.16, length: 0.4 },
  ],
  message: [{ pitch: high, at: 0, length: 0.3 }],
  mention: [{ pitch: higher, at: 0, length: 0.3 }],
  sla_warning: [{ pitch: low, at: 0, length: 0.4 }],
  sla_breach: [
    { pitch: middle, at: 0, length: 0.3 },
    { pitch: low, at: 0.16, length: 0.55 },
  ],
  undelivered: [
    { pitch: low, at: 0, length: 0.25 },
    { pitch: low, at: 0.2, length: 0.4 },
  ],
};

const loudness = 0.08;
let audio: AudioContext | undefined;

/** Opens the way for sound; browsers allow it only while somebody presses something. */
export function allowSound(): void {
  try {
    audio ??= new AudioContext();
    void audio.resume();
  } catch {
    // A machine without sound is told in other ways.
  }
}

/** Plays the tune of a kind, where sound was allowed; two at once are one. */
export function play(kind: AlertKind): void {
  if (audio?.state !== "running") return;
  const start = audio.currentTime + 0.02;
  for (const { pitch, at, length } of tunes[kind]) {
    const gain = audio.createGain();
    gain.gain.setValueAtTime(0.0001, start + at);
    gain.gain.exponentialRampToValueAtTime(loudness, start + at + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + at + length);
    const tone = audio.createOscillator();
    tone.type = "sine";
    tone.frequency.value = pitch;
    tone.connect(gain).connect(audio.destination);
    tone.start(start + at);
    tone.stop(start + at + length + 0.05);
  }
}
