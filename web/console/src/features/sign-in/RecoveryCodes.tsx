/** The codes for paper, shown once: whoever loses the telephone signs in with one of them. */
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codesFile } from './grouped';
import classes from './sign-in.module.css';

export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation('sign-in');
  const [isKept, setKept] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const file = useMemo(() => URL.createObjectURL(new Blob([codesFile(t('codes.file_title'), codes)], { type: 'text/plain' })), [codes, t]);
  useEffect(() => () => URL.revokeObjectURL(file), [file]);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="md">
      <h3 ref={heading} tabIndex={-1} className={classes['title']}>{t('codes.title')}</h3>
      <Text size="sm">{t('codes.text')}</Text>
      <ul className={classes['codes']} aria-label={t('codes.title')}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <Group>
        <Button component="a" variant="default" href={file} download={t('codes.file_name')}>{t('codes.download')}</Button>
      </Group>
      <Checkbox label={t('codes.kept')} checked={isKept} onChange={(event) => setKept(event.currentTarget.checked)} />
      <Button size="md" disabled={!isKept} onClick={onDone}>{t('codes.go_on')}</Button>
    </Stack>
  );
}
