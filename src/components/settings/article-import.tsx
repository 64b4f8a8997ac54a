"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toaster.tsx";
import { callApi } from "./call-api.ts";

/** Brings Markdown files in, one article each; says which could not be used and why. */
export function ArticleImport() {
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<{ done: number; all: number }>();

  async function bringIn(files: File[]) {
    const problems: string[] = [];
    for (const [index, file] of files.entries()) {
      setProgress({ done: index, all: files.length });
      const outcome = await callApi("POST", "/api/admin/articles", articleOf(file.name, await file.text()));
      if (!outcome.ok) problems.push(`${file.name}: ${outcome.message}`);
    }
    setProgress(undefined);
    const good = files.length - problems.length;
    if (good > 0) toast.success(good === 1 ? "1 article imported" : `${good} articles imported`);
    for (const problem of problems) toast.error(problem, { duration: 12_000 });
    router.refresh();
  }

  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".md,.markdown,text/markdown"
        multiple
        hidden
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) void bringIn(files);
        }}
      />
      <Button busy={progress !== undefined} onClick={() => picker.current?.click()}>
        {progress ? undefined : <Upload aria-hidden />}
        <span role="status">{progress ? `${progress.done} of ${progress.all}` : "Import Markdown"}</span>
      </Button>
    </>
  );
}

function articleOf(fileName: string, text: string) {
  const [, head = "", rest = text] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? [];
  const said = (name: string) => new RegExp(`^${name}:\\s*"?([^"\\n]+?)"?\\s*$`, "m").exec(head)?.[1];
  const heading = /^#\s+(.+)$/m.exec(rest)?.[1];
  const title = said("title") ?? heading ?? fileName.replace(/\.(md|markdown)$/i, "").replace(/[-_]+/g, " ");
  const slug = said("slug");
  const language = said("language");
  return { title, body: rest.trim(), ...(slug ? { slug } : {}), ...(language ? { language } : {}) };
}
