/** Guards whose confidentiality agreement is missing: nobody is posted before theirs is signed. It is recorded here. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountChoice } from '@/api/authority';
import { AgreementForm } from '@/features/grants/PaperForms';

export function MissingSignatures({ accounts }: { accounts: AccountChoice[] }) {
  const { t } = useTranslation('authority');
  const [open, setOpen] = useState<string | null>(null);
  const missing = accounts.filter((one) => one.papers.includes('assignment') && one.agreement_on === null);
  if (missing.length === 0) return null;
  return (
    <section>
      <Title order={2}>{t('assignments.unsigned')}</Title>
      <Text size="sm" c="dimmed">{t('article.agreement')}</Text>
      <Stack gap="xs" mt="xs">
        {missing.map(({ id, person_id, display_name, name }) =>
          person_id !== null && open === id ? (
            <AgreementForm key={id} person_id={person_id} onDone={() => setOpen(null)} />
          ) : (
            <Group key={id}>
              <span lang="tr">{display_name} · {name}</span>
              {person_id === null ? <small>{t('assignments.nobody')}</small> : <Button size="xs" variant="default" aria-label={t('assignments.sign_named', { name: display_name })} onClick={() => setOpen(id)}>{t('do.agreement')}</Button>}
            </Group>
          ),
        )}
      </Stack>
    </section>
  );
}
