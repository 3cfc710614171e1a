/** The list of the wall's keys. */
import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '@/state/useFocusBack';

const KEYS: [string, string[]][] = [
  ['move', ['←', '↑', '→', '↓']],
  ['zoom', ['Enter']],
  ['call', ['1', '2', '7', 'Enter']],
  ['swap', ['Shift', '← ↑ → ↓']],
  ['clear', ['Del']],
  ['search', ['/']],
  ['view', ['[', ']']],
  ['tour', ['T']],
  ['full_screen', ['F']],
  ['overlay', ['B']],
  ['ask_hold', ['M']],
  ['palette', ['Ctrl', 'K']],
  ['keys', ['?']],
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation('live');
  return (
    <Modal opened onClose={onClose} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('save.close') }}>
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {KEYS.map(([name, keys]) => (
            <Table.Tr key={name}>
              <Table.Td>{t(`keys.${name}`)}</Table.Td>
              <Table.Td align="right">
                {keys.map((key) => (
                  <Kbd key={key} ml={4}>{key}</Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
