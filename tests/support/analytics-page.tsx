import { createRoot } from "react-dom/client";
import { Analytics } from "#components/analytics/analytics.tsx";
import { AppShell } from "#components/shell/app-shell.tsx";
import { ThemeProvider } from "#components/ui/theme-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";

const company = { name: "Northwind Outdoor" };
const operator = {
  id: "op-maya",
  name: "Maya Lindqvist",
  email: "maya@northwind.example",
  role: "owner",
  status: "online",
} as const;

createRoot(document.body.appendChild(document.createElement("div"))).render(
  <ThemeProvider>
    <AppShell operator={operator} company={company}>
      <Analytics />
    </AppShell>
    <Toaster />
  </ThemeProvider>,
);
