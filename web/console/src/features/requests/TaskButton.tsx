/** Opens the form of a task in its place. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = { name: string; isOpen: boolean; onOpen: () => void };

export function TaskButton({ name, isOpen, onOpen }: Props) {
  const { t } = useTranslation('requests');
  return <Button size="xs" variant="default" aria-expanded={isOpen} onClick={onOpen}>{t(`do.${name}`)}</Button>;
}
