import { Button, List, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './NeedsOlur.module.css';

const STEPS = ['apply', 'olur', 'sign', 'enter'] as const;

/** The refusal that teaches: which paper is missing, who can supply it, what may be done meanwhile. */
export function NeedsOlur({ hasLive }: { hasLive: boolean }) {
  const { t } = useTranslation('playback');
  return (
    <article className={classes['page']} data-refusal="playback_needs_olur" aria-labelledby="needs-olur">
      <Stack gap="lg">
        <header>
          <svg className={classes['sign']} viewBox="0 0 48 48" aria-hidden="true">
            <rect x="8" y="5" width="26" height="36" rx="2" />
            <path d="M14 14h14M14 20h14M14 26h8" />
            <circle cx="33" cy="33" r="8" />
            <path d="M33 29v8M29 33h8" />
          </svg>
          <Title order={1} id="needs-olur">
            {t('olur.title')}
          </Title>
          <Text mt="xs">{t('olur.lead')}</Text>
        </header>
        <section aria-labelledby="olur-how">
          <Title order={2} id="olur-how">
            {t('olur.how')}
          </Title>
          <List type="ordered" spacing="sm" mt="sm" className={classes['steps'] ?? ''}>
            {STEPS.map((step) => (
              <List.Item key={step}>
                <strong>{t(`olur.step.${step}.who`)}</strong>
                <br />
                {t(`olur.step.${step}.what`)}
              </List.Item>
            ))}
          </List>
        </section>
        <section aria-labelledby="olur-now">
          <Title order={2} id="olur-now">
            {t('olur.now')}
          </Title>
          <Text mt="xs">{t('olur.urgent')}</Text>
        </section>
        <Text c="dimmed" size="sm">
          {t('olur.article')}
        </Text>
        {hasLive && (
          <Link to="/live">
            <Button component="span">{t('olur.to_live')}</Button>
          </Link>
        )}
      </Stack>
    </article>
  );
}
