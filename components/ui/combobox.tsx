'use client';
import clsx from 'clsx';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';

export interface ComboboxOption {
  value: string;
  /** Before the value, where that alone says little. */
  label?: ReactNode;
  /** At the end of the line, muted. */
  note?: ReactNode;
}

interface ComboboxProps {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  name?: string;
  value: string;
  onChange: (value: string) => void;
  /** Those that go with what is typed: who uses it knows best. */
  options: readonly ComboboxOption[];
  /** What the list is called. */
  listLabel: string;
  placeholder?: string;
}

/**
 * A field that suggests, and takes what is not suggested as well.
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-autocomplete-list/
 */
export function Combobox({ value, onChange, options, listLabel, ...rest }: ComboboxProps) {
  const listId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const isShown = isOpen && options.length > 0;
  const optionId = (index: number) => `${listId}-${index}`;
  const close = () => {
    setIsOpen(false);
    setActive(-1);
  };
  const take = (option: ComboboxOption) => {
    onChange(option.value);
    close();
  };
  const move = (step: number) => {
    setIsOpen(true);
    const count = options.length;
    if (count > 0) setActive((before) => (before < 0 && step < 0 ? count - 1 : (before + step + count) % count));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const option = isShown ? options[active] : undefined;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && option) take(option);
    else if (event.key === 'Escape' && isShown) close();
    else return;
    event.preventDefault();
  };
  return (
    <span className="combobox">
      <input
        {...rest}
        className="input mono"
        type="text"
        role="combobox"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={isShown ? listId : undefined}
        aria-activedescendant={isShown && active >= 0 ? optionId(active) : undefined}
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
          setIsOpen(true);
          setActive(-1);
        }}
        onClick={() => setIsOpen(true)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      {isShown && (
        <div id={listId} className="pop" role="listbox" aria-label={listLabel}>
          {options.map((option, index) => (
            <Option
              key={option.value}
              id={optionId(index)}
              option={option}
              isActive={index === active}
              onTake={() => take(option)}
            />
          ))}
        </div>
      )}
    </span>
  );
}

interface OptionProps {
  id: string;
  option: ComboboxOption;
  isActive: boolean;
  onTake: () => void;
}

/** The keyboard stays in the field, which moves among the options and takes one. */
function Option({ id, option, isActive, onTake }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field (aria-activedescendant).
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
    <div
      id={id}
      ref={isActive ? scrollIntoSight : undefined}
      role="option"
      aria-selected={isActive}
      className={clsx('opt', isActive && 'on')}
      // The field would lose the focus, and its list with it, before the click.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      {option.label && <span>{option.label}</span>}
      <span className="mono value">{option.value}</span>
      {option.note && <span className="faint end text-xs">{option.note}</span>}
    </div>
  );
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
