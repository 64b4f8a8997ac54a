import type { MessageView } from "#contracts/conversation";

let audio: AudioContext | undefined;

/** Makes sound possible; browsers allow it only from a gesture. */
export function armSound() {
  if (audio === undefined && "AudioContext" in window) audio = new AudioContext();
  if (audio?.state === "suspended") audio.resume().catch(() => undefined);
}

/** Two soft notes; nothing when there was no gesture yet. */
export function chime() {
  if (audio === undefined || audio.state !== "running") return;
  for (const [after, frequency] of [
    [0, 659],
    [0.11, 880],
  ] as const) {
    const start = audio.currentTime + after;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.06, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.28);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.3);
  }
}

/** Says whether an author is one whose words are worth a sound: not the customer, and no system line. */
export function isVoice({ kind }: MessageView["author"]): boolean {
  return kind === "agent" || kind === "operator";
}
