/** How this screen shows the wall: size of words, strips, keys, other windows. */
import { ActionIcon, Button, Divider, Popover, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/state/store';
import { IconKeys, IconLayers, IconSpot, IconWindow } from '@/theme/icons';
import { hasLetterKeys, OVERLAY_SCALES, overlayLevel, overlayScale } from '../wall/settings';

type Props = { onWindow: () => void; onSpotWindow: () => void; onKeys: () => void };

export function ScreenMenu({ onWindow, onSpotWindow, onKeys }: Props) {
  const { t } = useTranslation('live');
  const scale = useStore(overlayScale);
  const level = useStore(overlayLevel);
  const letters = useStore(hasLetterKeys);
  const [isOpen, setOpen] = useState(false);
  const item = (word: string, icon: ReactNode, act: () => void) => (
    <Button variant="subtle" color="gray" justify="flex-start" size="compact-md" leftSection={icon} onClick={() => { setOpen(false); act(); }}>
      {t(`toolbar.${word}`)}
    </Button>
  );
  return (
    <Popover position="bottom-end" width={280} opened={isOpen} onChange={setOpen} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={30} onClick={() => setOpen(!isOpen)} aria-label={t('toolbar.screen')} title={t('toolbar.screen')}>
          <IconLayers size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t('toolbar.screen')}>
        <Stack gap={4}>
          {item('window', <IconWindow size={17} />, onWindow)}
          {item('spot_window', <IconSpot size={17} />, onSpotWindow)}
          {item('keys', <IconKeys size={17} />, onKeys)}
        </Stack>
        <Divider my="sm" />
        <Text size="xs" c="dimmed" pt={4} pb={4}>{t('toolbar.scale')}</Text>
        <SegmentedControl fullWidth size="xs" mb="xs" value={String(scale)} onChange={(value) => overlayScale.set(Number(value))}
          data={OVERLAY_SCALES.map((value) => ({ value: String(value), label: t('percent', { value }) }))} aria-label={t('toolbar.scale')} />
        <Text size="xs" c="dimmed" pt={4} pb={4}>{t('toolbar.level')}</Text>
        <SegmentedControl fullWidth size="xs" mb="xs" value={String(level)} onChange={(value) => overlayLevel.set(Number(value))}
          data={[0, 1, 2].map((value) => ({ value: String(value), label: t(`level.${value}`) }))} aria-label={t('toolbar.level')} />
        <Switch mt="sm" size="sm" label={t('toolbar.letters')} checked={letters} onChange={(event) => hasLetterKeys.set(event.currentTarget.checked)} />
      </Popover.Dropdown>
    </Popover>
  );
}
