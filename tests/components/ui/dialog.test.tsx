import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Dialog } from "#components/ui/dialog.tsx";

it("stands closed in a page that the server draws, with what opens it", () => {
  const page = renderToStaticMarkup(
    <Dialog title="Remove Ada?" trigger={<button type="button">Remove Ada</button>} />,
  );
  expect(page).toContain("Remove Ada</button>");
  expect(page).not.toContain("Remove Ada?");
});
