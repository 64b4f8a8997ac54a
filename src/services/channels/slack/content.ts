import { fileKind } from "#channels/media";
import { cut } from "#channels/words";
import type { RemoteFile } from "#contracts/channel";
import { longest, readable } from "./mrkdwn.ts";
import type { SlackFile, Written } from "./payload.ts";

/** What a message says: its words, those it quotes, and what stands for a file that cannot be fetched. */
export function contentOf(message: Written, botUserId: string | undefined): string {
  const text = message.text ?? "";
  const quotes = (message.attachments ?? [])
    .filter(({ is_share }) => is_share === true)
    .map(
      (shared) => `> ${shared.author_name ?? "Shared"}: ${readable(shared.text ?? shared.fallback ?? "")}`,
    );
  const absent = (message.files ?? []).flatMap((file) => wordsForAbsent(file) ?? []);
  const lines = [readable(text, botUserId), ...quotes, ...absent].filter((line) => line !== "");
  // Who calls the bot and says nothing more still waits for an answer.
  if (lines.length === 0 && !message.files?.length) return readable(text);
  return cut(lines.join("\n"), longest);
}

/** A file that lies with Slack; one of a shared channel has no address until `files.info` is asked ("check_file_info"). */
export function remoteFile(file: SlackFile): RemoteFile {
  const url = file.url_private_download ?? file.url_private ?? undefined;
  return {
    type: file.subtype === "slack_audio" ? "audio" : fileKind(file.mimetype),
    name: file.name ?? file.title ?? undefined,
    mediaType: file.mimetype ?? undefined,
    size: file.size ?? undefined,
    locator: url === undefined ? { id: file.id } : { id: file.id, url },
  };
}

/** What is said of a file that cannot be fetched: it lies elsewhere, or is gone. Undefined where Slack has it. */
export function wordsForAbsent(file: SlackFile): string | undefined {
  const name = file.title ?? file.name ?? "A file";
  if (file.mode === "tombstone" || file.mode === "hidden_by_limit") return `📎 ${name} (no longer in Slack)`;
  if (file.is_external !== true && file.mode !== "external") return undefined;
  return `📎 ${name} (${file.url_private ?? "kept outside Slack"})`;
}
