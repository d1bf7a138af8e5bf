'use client';
import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ComponentProps, useState } from 'react';
import { IconButton } from './button';
import { Input } from './input';

type PasswordInputProps = Omit<ComponentProps<typeof Input>, 'type' | 'isMono' | 'autoCapitalize' | 'spellCheck'>;

/** A password that can be looked at while it is written. Paste is welcome: a password manager types by it. */
export function PasswordInput(props: PasswordInputProps) {
  const t = useTranslations('common');
  const [isShown, setIsShown] = useState(false);
  return (
    <span className="reveal">
      <Input {...props} type={isShown ? 'text' : 'password'} autoCapitalize="none" spellCheck={false} />
      <IconButton
        size="sm"
        icon={isShown ? EyeOff : Eye}
        label={isShown ? t('hideTyped') : t('showTyped')}
        onClick={() => setIsShown(!isShown)}
      />
    </span>
  );
}
