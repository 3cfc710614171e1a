/** `/grants/new`: from the person to the check, one question a step; a second person activates what comes out. */
import { Alert, Button, Group, Stack, Stepper, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, useChoices, useEnterGrant, useRecordAgreement } from '@/api/authority';
import { Problem } from '@/api/problem';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { contentOf, type Draft, useDraft } from './draft';
import { AgreementStep } from './AgreementStep';
import { Check, OlurStep, PersonStep, ScopeStep, STEP_PLACES, type StepField, TrainingStep } from './steps';
import classes from '@/ui/papers.module.css';

const STEPS = ['person', 'olur', 'scope', 'agreement', 'training', 'check'] as const;
const STEP_OF: Readonly<Record<StepField, (typeof STEPS)[number]>> = {
  account_id: 'person', olur: 'olur', on: 'olur', issuer: 'olur', ends_on: 'olur', cameras: 'scope', mode: 'scope', purpose: 'scope', days: 'scope', training: 'training',
}; // prettier-ignore

export function NewGrantPage() {
  const choices = useChoices();
  if (choices.error && !choices.data) return <PageFailure error={choices.error} onRetry={() => void choices.refetch()} />;
  return choices.data ? <Wizard choices={choices.data} /> : <PageLoading />;
}

function Wizard({ choices }: { choices: Choices }) {
  const { t } = useTranslation('authority');
  const navigate = useNavigate();
  const { draft, set, forget } = useDraft();
  const [step, setStep] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const enter = useEnterGrant();
  const sign = useRecordAgreement();
  const name = STEPS[step] ?? 'check';
  const account = choices.accounts.find((one) => one.id === draft.account) ?? null;
  useEffect(() => heading.current?.focus(), [step]);

  const send = async () => {
    if (account?.person_id && draft.agreementOn && account.agreement_on === null) {
      await sign.mutateAsync({ person_id: account.person_id, signed_on: draft.agreementOn, reference: '' });
    }
    const grant = await enter.mutateAsync({ account_id: draft.account ?? '', ...contentOf(draft) });
    forget();
    await navigate({ to: '/grants/$id', params: { id: grant.id } });
  };
  /** A refusal is shown where its field is. */
  const goBack = (error: unknown) => {
    const place = error instanceof Problem ? STEP_PLACES[error.code] : undefined;
    if (place && sign.error === null) setStep(STEPS.indexOf(STEP_OF[place]));
  };
  const { at, rest } = useFieldProblems(enter.error, STEP_PLACES);
  const { rest: unsigned } = useFieldProblems(sign.error, {});
  const missing = missingIn(draft, name);
  const props = { draft, set, choices, account, at };

  return (
    <div className={classes['page']}>
      <Title order={1}>{t('apply')}</Title>
      <Stepper active={step} onStepClick={setStep} size="xs" my="lg" allowNextStepsSelect={false}>
        {STEPS.map((one) => <Stepper.Step key={one} label={t(`step.${one}`)} />)}
      </Stepper>
      <form onSubmit={(event) => { event.preventDefault(); if (name === 'check') void send().catch(goBack); else if (!missing) setStep(step + 1); }}>
        <Stack className={classes['form']}>
          <Title order={2} ref={heading} tabIndex={-1}>{t(`step.${name}`)}</Title>
          <Text c="dimmed" size="sm">{t(`article.${name}`)}</Text>
          {name === 'person' && <PersonStep {...props} />}
          {name === 'olur' && <OlurStep {...props} />}
          {name === 'scope' && <ScopeStep {...props} />}
          {name === 'agreement' && <AgreementStep {...props} />}
          {name === 'training' && <TrainingStep {...props} />}
          {name === 'check' && <Check {...props} />}
          {(unsigned ?? rest) && <Alert color="red" role="alert">{unsigned ?? rest}</Alert>}
          {missing && <Text size="sm" id="step-missing">{t(`needs.${missing}`)}</Text>}
          <Group justify="space-between">
            <Button variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>{t('back')}</Button>
            <Button type="submit" disabled={missing !== null} aria-describedby={missing ? 'step-missing' : undefined} loading={enter.isPending || sign.isPending}>
              {t(name === 'check' ? 'send' : 'next')}
            </Button>
          </Group>
        </Stack>
      </form>
    </div>
  );
}

/** What keeps a step from being left; what comes later may be missing for now. */
function missingIn(draft: Draft, step: (typeof STEPS)[number]): string | null {
  if (step === 'person') return draft.account === null ? 'person' : null;
  if (step === 'olur') return draft.olurNo.trim() !== '' && draft.olurOn === '' ? 'olur_date' : null;
  if (step !== 'scope' && step !== 'check') return null;
  if (draft.cameras.length === 0) return 'cameras';
  if (!draft.isLive && !draft.isPlayback) return 'mode';
  return draft.purpose.trim() === '' ? 'purpose' : null;
}
