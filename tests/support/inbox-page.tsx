import { createRoot } from "react-dom/client";
import { Inbox } from "#components/inbox/inbox.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { ThemeProvider } from "#components/ui/theme-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";

const me = { id: "op-maya", name: "Maya Lindqvist" };
const company = { name: "Northwind Outdoor" };
const operator = { ...me, email: "maya@northwind.example", role: "owner", status: "online" } as const;

createRoot(document.body.appendChild(document.createElement("div"))).render(
  <ThemeProvider>
    <AppShell operator={operator} company={company}>
      <Inbox me={me} company={company} />
    </AppShell>
    <Toaster />
  </ThemeProvider>,
);
