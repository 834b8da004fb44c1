import { Keyboard, Languages, SunMoon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { chooseLanguage, LANGUAGES, useLanguage, type Language } from '../i18n/language.ts';
import { useTexts } from '../i18n/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { shellTexts } from './shell.texts.ts';
import { chooseTheme, THEMES, useTheme, type Theme } from './theme.ts';

/** Each language by its own name. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', zh: '简体中文' };

/** Language, theme and the sheet of shortcuts. */
export function Preferences({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const t = useTexts(shellTexts);
  const language = useLanguage();
  const theme = useTheme();
  return (
    <>
      <IconButton label={t('shortcuts')} onClick={onShortcuts} className="hidden sm:inline-flex">
        <Keyboard size={16} aria-hidden />
      </IconButton>
      <Choices
        label={t('language')}
        icon={<Languages size={16} aria-hidden />}
        value={language}
        values={LANGUAGES.map((value) => [value, NAMES[value]])}
        onChoose={(value) => void chooseLanguage(value as Language)}
      />
      <Choices
        label={t('theme')}
        icon={<SunMoon size={16} aria-hidden />}
        value={theme}
        values={THEMES.map((value) => [value, t(`theme.${value}`)])}
        onChoose={(value) => chooseTheme(value as Theme)}
      />
    </>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly value: string;
  readonly values: readonly (readonly [value: string, name: string])[];
  readonly onChoose: (value: string) => void;
}

function Choices({ label, icon, value, values, onChoose }: ChoicesProps) {
  return (
    // Not modal: everything else stays readable, and the menu stands beside its button in the header.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={label}>{icon}</IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        className="bg-raised border-line shadow-raised z-50 min-w-36 rounded-lg border p-1 text-sm"
      >
        <DropdownMenu.RadioGroup value={value} onValueChange={onChoose}>
          {values.map(([each, name]) => (
            <DropdownMenu.RadioItem
              key={each}
              value={each}
              className="data-highlighted:bg-sunken flex min-h-8 cursor-pointer items-center justify-between gap-4 rounded px-2 outline-none"
            >
              {name}
              <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
