"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuRadioGroup, MenuRadioItem } from "#components/ui/menu.tsx";

const themes = [
  { value: "light", label: "Light", icon: <Sun aria-hidden /> },
  { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
  { value: "system", label: "As the system", icon: <Monitor aria-hidden /> },
];

/** Light, dark, or as the system is. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      side="right"
      align="end"
      trigger={
        <IconButton
          label="Theme"
          side="right"
          size="lg"
          className="rounded-lg text-ink-3 [&_svg]:size-5"
          icon={
            <>
              <Sun className="dark:hidden" aria-hidden />
              <Moon className="hidden dark:block" aria-hidden />
            </>
          }
        />
      }
    >
      <MenuRadioGroup value={theme ?? "system"} onValueChange={(value: string) => setTheme(value)}>
        {themes.map(({ value, label, icon }) => (
          <MenuRadioItem key={value} value={value} closeOnClick>
            {icon}
            {label}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </Menu>
  );
}
