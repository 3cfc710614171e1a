/** A part beside the page: its fields, on whose decision, kept as a whole. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { type Section, type Settings, useSaveSettings } from '@/api/settings';
import { useProblemWords } from '@/ui/problem-words';
import { Panel } from '@/ui/Panel';
import { type Draft, isOpen, isWhole, needsReason, removalOf, settingOf, shownIn, valuesOf, wasOvertaken } from './draft';
import { SettingField } from './SettingField';
import { wordKey } from './words';

const MOST_REASON = 300;

type Props = { section: Section; settings: Settings; onClose: () => void; onKept: () => void };

export function SectionPanel({ section, settings, onClose, onKept }: Props) {
  const { t } = useTranslation('settings');
  const words = useProblemWords();
  const save = useSaveSettings();
  const [version, setVersion] = useState(settings.version); // of what is read here, whatever comes meanwhile
  const [draft, setDraft] = useState<Draft>({});
  const [reason, setReason] = useState('');
  const fields = section.settings.filter((one) => isOpen(one) || one.locked === 'by_hand');
  const values = valuesOf(draft, fields);
  const isTyped = Object.keys(values).length > 0;
  const isDecided = needsReason(section.name);
  const isReady = isTyped && isWhole(draft, fields) && (!isDecided || reason.trim() !== '');
  const place = settingOf(save.error, fields);
  const isOvertaken = wasOvertaken(save.error);
  if (isOvertaken && settings.version !== version) setVersion(settings.version); // told of it: what was typed stays, the rest is new
  const isInvalid = save.error instanceof Problem && save.error.code === 'settings_invalid';
  const sentence = save.error ? (isInvalid ? t(place ? 'invalid' : 'invalid_section') : isOvertaken ? t('overtaken') : words(save.error)) : null;
  const send = (sent: Draft) => save.mutate({ version, values: { ...sent }, reason: reason.trim() }, { onSuccess: () => { save.reset(); onKept(); onClose(); } }); // prettier-ignore
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) send(values);
  };
  return (
    <Panel title={t(`section.${wordKey(section.name)}.title`)} isTyped={isTyped} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {fields.map((one) => (
            <SettingField key={one.key} one={one} settings={settings} value={one.kind === 'secret' && !(one.key in draft) ? '' : shownIn(draft, one)}
              error={place === one.key ? sentence : null} onChange={(value) => setDraft({ ...draft, [one.key]: value })} />
          ))}
          <Days section={section} values={values} />
          {isDecided && (
            <TextInput label={t('reason')} description={t('reason_hint')} value={reason} maxLength={MOST_REASON} lang="tr" autoComplete="off" required withAsterisk={false}
              onChange={(event) => setReason(event.currentTarget.value)} />
          )}
          {sentence && !place && <Alert color="red" role="alert">{sentence}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
            <Button type="submit" disabled={!isReady} loading={save.isPending}>{t('save')}</Button>
          </Group>
        </Stack>
      </form>
      {(section.name === 'mail' || section.name === 'institution') && <Remove section={section} isPending={save.isPending} onRemove={send} />}
    </Panel>
  );
}

/** What another retention does to footage, before it does. */
function Days({ section, values }: { section: Section; values: Draft }) {
  const { t } = useTranslation('settings');
  const days = values['retention.days'];
  const now = section.settings.find(({ key }) => key === 'retention.days')?.value;
  if (typeof days !== 'number' || typeof now !== 'number' || days === now) return null;
  return <Alert color="yellow">{days < now ? t('shorter', { days }) : t('longer')}</Alert>;
}

function Remove({ section, isPending, onRemove }: { section: Section; isPending: boolean; onRemove: (values: Draft) => void }) {
  const { t } = useTranslation('settings');
  const [isAsked, setAsked] = useState(false);
  const removal = removalOf(section.settings);
  if (Object.keys(removal).length === 0) return null;
  if (!isAsked) return <Button mt="xl" variant="default" onClick={() => setAsked(true)}>{t('remove')}</Button>;
  return (
    <Alert color="yellow" mt="xl" role="alert">
      <Text size="sm">{t('remove_ask')}</Text>
      <Group mt="xs">
        <Button size="xs" variant="default" autoFocus onClick={() => setAsked(false)}>{t('cancel')}</Button>
        <Button size="xs" color="red" loading={isPending} onClick={() => onRemove(removal)}>{t('remove_yes')}</Button>
      </Group>
    </Alert>
  );
}
