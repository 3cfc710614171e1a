/** The letter: its number, its date, when it was served, how it came, its scan; of an own unit the Olur. */
import { Alert, Button, FileButton, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isPackage, useReadPackage } from '@/api/eyp';
import { CHANNELS, LETTER_TYPES, type Letter } from '@/api/footage';
import { useTwins } from '@/api/letters';
import grants from '@/ui/papers.module.css';
import { Facts } from '@/ui/Facts';
import { paperDay } from '@/time/paper-day';
import { moment } from '@/time/timeWords';
import { DateField } from '@/time/DateField';
import { zoneStore } from '@/time/format';
import { useProblemWords } from '@/ui/problem-words';
import { PackageNote } from '@/features/letters/PackageField';
import { draftOfPackage, isInternal } from './draft';
import { MomentField } from '@/time/MomentField';
import type { PageProps } from './page';

export function LetterPage(props: PageProps) {
  const { draft, set, at, choices, letter, file, setFile } = props;
  if (letter === null) return <LetterFields {...props} />;
  return (
    <>
      {isInternal(draft) && <OlurFields draft={draft} set={set} at={at} choices={choices} />}
      <RegisteredLetter letter={letter} />
      <FileNo draft={draft} set={set} at={at} />
      {letter.file === null && <Scan file={file} setFile={setFile} />}
    </>
  );
}

/** What the register says of it; it is corrected there. */
function RegisteredLetter({ letter }: { letter: Letter }) {
  const { t, i18n } = useTranslation('requests');
  const language = i18n.language;
  return (
    <Facts
      rows={[
        [t('field.letter_no'), `${letter.no} · ${paperDay(letter.on, language)}`],
        [t('field.served'), `${moment(letter.served_us, language, zoneStore.get())} · ${t(`channel.${letter.channel}`)}`],
        [t('field.ebys_no'), letter.ebys_no || t('ebys_pending')],
        [t('field.scan'), letter.file ? `${t(`signature.${letter.file.signature_kind}`)} · ${t('scan.pages', { count: letter.file.pages })}` : t('scan.none')],
      ]}
    />
  );
}

function LetterFields({ draft, set, at, choices, file, setFile }: PageProps) {
  const { t } = useTranslation('requests');
  const twins = useTwins({ no: draft.letterNo, on: draft.letterOn, sender_name: draft.sender });
  return (
    <>
      {isInternal(draft) && <OlurFields draft={draft} set={set} at={at} choices={choices} />}
      <div className={grants['pair']}>
        <TextInput label={t('field.letter_no')} description={t('field.letter_no_hint')} required withAsterisk={false} autoComplete="off" maxLength={60} value={draft.letterNo} error={at('letterNo')}
          onChange={(event) => set({ letterNo: event.currentTarget.value })} />
        <DateField label={t('field.letter_on')} description={t('field.letter_on_hint')} value={draft.letterOn} error={at('letterOn')} onChange={(letterOn) => set({ letterOn })} />
      </div>
      {twins.length > 0 && <Alert color="yellow" role="status">{t('duplicate', { numbers: twins.join(', ') })}</Alert>}
      <div className={grants['pair']}>
        <MomentField label={t('field.served')} description={t('field.served_hint')} value={draft.served} error={at('served')} onChange={(served) => set({ served })} />
        <Select label={t('field.channel')} description={t('field.channel_hint')} allowDeselect={false} value={draft.channel} error={at('channel')} data={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={(channel) => channel && set({ channel })} />
      </div>
      <div className={grants['pair']}>
        <TextInput label={t('field.ebys_no')} description={t('field.ebys_no_hint')} autoComplete="off" maxLength={60} value={draft.ebysNo} error={at('ebysNo')} onChange={(event) => set({ ebysNo: event.currentTarget.value })} />
        <FileNo draft={draft} set={set} at={at} />
      </div>
      <PackageOrScan draft={draft} set={set} file={file} setFile={setFile} />
    </>
  );
}

/** A package that is chosen says what the letter is; one that cannot be taken is not kept. */
function PackageOrScan({ draft, set, file, setFile }: Pick<PageProps, 'draft' | 'set' | 'file' | 'setFile'>) {
  const words = useProblemWords();
  const read = useReadPackage();
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  const choose = (chosen: File | null) => {
    read.reset();
    setFile(chosen);
    if (chosen && isPackage(chosen)) read.mutate(chosen, { onSuccess: (found) => set(draftOfPackage(latest.current, found)), onError: () => setFile(null) });
  };
  return (
    <>
      <Scan file={file} setFile={choose} />
      {file && read.data && <PackageNote found={read.data} />}
      {read.error && <Alert color="red" role="alert">{words(read.error)}</Alert>}
    </>
  );
}

function FileNo({ draft, set, at }: Pick<PageProps, 'draft' | 'set' | 'at'>) {
  const { t } = useTranslation('requests');
  return <TextInput label={t('field.file_no')} description={t('field.file_no_hint')} autoComplete="off" maxLength={120} value={draft.fileNo} error={at('fileNo')} onChange={(event) => set({ fileNo: event.currentTarget.value })} />;
}

function Scan({ file, setFile }: Pick<PageProps, 'file' | 'setFile'>) {
  const { t } = useTranslation('requests');
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm" fw={550} id="request-scan">{t('field.scan')}</Text>
      <Text size="sm" c="dimmed">{t('field.scan_hint')}</Text>
      <Group>
        <FileButton accept={LETTER_TYPES} onChange={setFile}>
          {(props) => <Button {...props} variant="default" aria-describedby="request-scan">{t(file ? 'scan.other' : 'scan.choose')}</Button>}
        </FileButton>
        {file && <Text size="sm" lang="tr">{file.name}</Text>}
        {file && <Button variant="default" size="xs" onClick={() => setFile(null)}>{t('scan.without')}</Button>}
      </Group>
    </Stack>
  );
}

/** The Presidency's approval that an own unit brings (D-4.5a). */
function OlurFields({ draft, set, at, choices }: Pick<PageProps, 'draft' | 'set' | 'at' | 'choices'>) {
  const { t } = useTranslation('requests');
  return (
    <>
      <Text size="sm" c="dimmed">{t('olur_says')}</Text>
      <div className={grants['pair']}>
        <TextInput label={t('field.olur_no')} required withAsterisk={false} autoComplete="off" maxLength={60} value={draft.olurNo} error={at('olurNo')} onChange={(event) => set({ olurNo: event.currentTarget.value })} />
        <DateField label={t('field.olur_on')} value={draft.olurOn} error={at('olurOn')} onChange={(olurOn) => set({ olurOn })} />
      </div>
      <Select label={t('field.olur_issuer')} allowDeselect={false} value={draft.olurIssuer} error={at('olurIssuer')} data={choices.olur_issuers.map((value) => ({ value, label: t(`issuer.${value}`) }))}
        onChange={(olurIssuer) => olurIssuer && set({ olurIssuer })} />
    </>
  );
}
