/** How this screen shows the wall: size of words, strips, keys, other windows. */
import { ActionIcon, Menu, SegmentedControl, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from '@/state/store';
import { IconKeys, IconLayers, IconSpot, IconWindow } from '@/theme/icons';
import { hasLetterKeys, OVERLAY_SCALES, overlayLevel, overlayScale } from '../wall/settings';

type Props = { onWindow: () => void; onSpotWindow: () => void; onKeys: () => void; portal: HTMLElement | null };

export function ScreenMenu({ onWindow, onSpotWindow, onKeys, portal }: Props) {
  const { t } = useTranslation('live');
  const scale = useStore(overlayScale);
  const level = useStore(overlayLevel);
  const letters = useStore(hasLetterKeys);
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick portalProps={portal ? { target: portal } : {}}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('toolbar.screen')} title={t('toolbar.screen')}>
          <IconLayers size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconWindow size={17} />} onClick={onWindow}>{t('toolbar.window')}</Menu.Item>
        <Menu.Item leftSection={<IconSpot size={17} />} onClick={onSpotWindow}>{t('toolbar.spot_window')}</Menu.Item>
        <Menu.Item leftSection={<IconKeys size={17} />} onClick={onKeys}>{t('toolbar.keys')}</Menu.Item>
        <Menu.Divider />
        <Text size="xs" c="dimmed" px="sm" pt={4}>{t('toolbar.scale')}</Text>
        <SegmentedControl fullWidth size="xs" m={6} value={String(scale)} onChange={(value) => overlayScale.set(Number(value))}
          data={OVERLAY_SCALES.map((value) => ({ value: String(value), label: t('percent', { value }) }))} aria-label={t('toolbar.scale')} />
        <Text size="xs" c="dimmed" px="sm" pt={4}>{t('toolbar.level')}</Text>
        <SegmentedControl fullWidth size="xs" m={6} value={String(level)} onChange={(value) => overlayLevel.set(Number(value))}
          data={[0, 1, 2].map((value) => ({ value: String(value), label: t(`level.${value}`) }))} aria-label={t('toolbar.level')} />
        <Switch m="sm" size="sm" label={t('toolbar.letters')} checked={letters} onChange={(event) => hasLetterKeys.set(event.currentTarget.checked)} />
      </Menu.Dropdown>
    </Menu>
  );
}
