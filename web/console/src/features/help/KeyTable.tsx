import { Kbd, Table } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KEY_LIST } from '@/features/playback/keys';
import classes from './help.module.css';

/** What is pressed on the wall, with the name of what it does. */
const LIVE_KEYS: readonly (readonly [string[], string])[] = [
  [['←', '↑', '→', '↓'], 'move'],
  [['Shift+←'], 'swap'],
  [['Enter'], 'enter'],
  [['1…9', 'Enter'], 'call'],
  [['/'], 'search'],
  [['[', ']'], 'view'],
  [['T'], 'tour'],
  [['F'], 'full_screen'],
  [['B'], 'overlay'],
  [['M'], 'ask_hold'],
  [['Del'], 'clear'],
  [['Esc'], 'escape'],
  [['?'], 'keys'],
];
const DOCUMENT_KEYS: readonly (readonly [string[], string])[] = [
  [['/'], 'search'],
  [['↑', '↓'], 'rows'],
  [['Home', 'End'], 'ends'],
  [['Enter'], 'open'],
];
const SLIDER_KEYS: readonly (readonly [string[], string])[] = [
  [['←', '→'], 'step'],
  [['Page Up', 'Page Down'], 'page'],
];

/** Every key of the console, page by page. */
export function KeyTable() {
  const { t } = useTranslation('help');
  const { t: play } = useTranslation('playback');
  const shown = (key: string) => (key === 'Space' ? play('key.space') : key);
  return (
    <div className={classes['tables']}>
      <Keys title={t('keys.live')}>
        {LIVE_KEYS.map(([keys, name]) => (
          <Row key={name} keys={keys} words={t(`live.${name}`)} />
        ))}
      </Keys>
      <Keys title={t('keys.playback')}>
        {KEY_LIST.map(({ shown: keys, acts }) => (
          <Row key={acts[0]} keys={keys.map(shown)} words={acts.map((act) => play(`act.${act}`)).join(' · ')} />
        ))}
      </Keys>
      <Keys title={t('keys.documents')}>
        {DOCUMENT_KEYS.map(([keys, name]) => (
          <Row key={name} keys={keys} words={t(`documents.${name}`)} />
        ))}
      </Keys>
      <Keys title={t('keys.slider')}>
        {SLIDER_KEYS.map(([keys, name]) => (
          <Row key={name} keys={keys} words={t(`slider.${name}`)} />
        ))}
      </Keys>
    </div>
  );
}

function Keys({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Table captionSide="top" verticalSpacing={6}>
      <Table.Caption className={classes['caption'] ?? ''}>{title}</Table.Caption>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}

function Row({ keys, words }: { keys: readonly string[]; words: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes['keys'] ?? ''}>
        {keys.map((key, index) => (
          <Fragment key={key}>
            {index > 0 && ' '}
            <Kbd>{key}</Kbd>
          </Fragment>
        ))}
      </Table.Th>
      <Table.Td>{words}</Table.Td>
    </Table.Tr>
  );
}
