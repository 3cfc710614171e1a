/** The views of a tour in their order, each to be moved or taken out. */
import { ActionIcon, Text } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '@/api/types';
import { IconClose, IconDown, IconUp } from '@/theme/icons';
import classes from './views.module.css';

type Act = 'up' | 'down' | 'remove';
type Props = { stops: readonly string[]; views: readonly SavedView[]; onChange: (stops: string[]) => void };

export function StopList({ stops, views, onChange }: Props) {
  const { t } = useTranslation('views');
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ act: Act; to: number } | null>(null);

  useEffect(() => {
    // A row that moved or went was drawn anew: the focus goes along, or to its neighbour.
    if (!pressed.current) return;
    const { act, to } = pressed.current;
    pressed.current = null;
    const row = list.current?.children[Math.min(to, stops.length - 1)];
    const same = row?.querySelector<HTMLButtonElement>(`[data-act='${act}']:enabled`);
    (same ?? row?.querySelector<HTMLButtonElement>('button:enabled'))?.focus();
  }, [stops]);

  const press = (act: Act, at: number) => {
    const to = act === 'up' ? at - 1 : act === 'down' ? at + 1 : at;
    const rest = stops.filter((_, other) => other !== at);
    pressed.current = { act, to };
    onChange(act === 'remove' ? rest : [...rest.slice(0, to), stops[at] ?? '', ...rest.slice(to)]);
  };

  return (
    <ol ref={list} className={classes['stops']}>
      {stops.map((id, at) => {
        const name = views.find((view) => view.id === id)?.name ?? t('gone');
        return (
          <li key={`${id}-${at}`}>
            <Text flex={1} truncate lang="tr">{at + 1}. {name}</Text>
            <StopButton act="up" name={name} isDisabled={at === 0} onPress={() => press('up', at)}><IconUp size={18} /></StopButton>
            <StopButton act="down" name={name} isDisabled={at === stops.length - 1} onPress={() => press('down', at)}><IconDown size={18} /></StopButton>
            <StopButton act="remove" name={name} onPress={() => press('remove', at)}><IconClose size={18} /></StopButton>
          </li>
        );
      })}
    </ol>
  );
}

type ButtonProps = { act: Act; name: string; isDisabled?: boolean; onPress: () => void; children: ReactNode };

function StopButton({ act, name, isDisabled = false, onPress, children }: ButtonProps) {
  const { t } = useTranslation('views');
  const label = t(act, { name });
  return (
    <ActionIcon data-act={act} variant="subtle" color="gray" aria-label={label} title={label} disabled={isDisabled} onClick={onPress}>
      {children}
    </ActionIcon>
  );
}
