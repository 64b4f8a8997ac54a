/** Answers a table as a file to keep, with the mark by which spreadsheets know its letters. */
export function attachedCsv(text: string, name: string): Response {
  return new Response(`\uFEFF${text}`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
    },
  });
}
