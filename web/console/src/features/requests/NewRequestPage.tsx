/** `/requests/new`: five short pages and a check; what is saved is locked in the same act. */
import { Alert, Button, Group, Stack, Stepper, Text, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Letter, type RequestChoices, useRequestChoices } from '@/api/footage';
import { useLetter } from '@/api/letters';
import { useUnits } from '@/api/people';
import { isAbsent, Problem } from '@/api/problem';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NotYourDuty, NothingYet } from '@/ui/ListState';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { zoneStore } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import { AskedPage } from './AskedPage';
import { bodyOf } from './body';
import { CheckPage } from './CheckPage';
import { type Draft, useDraft } from './draft';
import { may } from '@/state/duty';
import { FoundPage } from './FoundPage';
import { FromPage } from './FromPage';
import { LetterPage } from './LetterPage';
import type { PageProps } from './page';
import { FIELD_PLACES, stepOfField } from './places';
import { RegisteredNote } from './RegisteredNote';
import { firstOpen, type Step, STEPS, wrongsOf } from './steps';
import { useFirstWrong } from './useFirstWrong';
import { type Registered, useRegistration } from './useRegistration';
import { WhoPage } from './WhoPage';
import classes from './requests.module.css';

export function NewRequestPage() {
  const { t } = useTranslation('requests');
  const me = useMe();
  const { letter } = useSearch({ from: '/signed-in/shell/requests/new' });
  const isDuty = may(me, 'register_request');
  const choices = useRequestChoices(isDuty);
  if (me && !isDuty) return <div className={classes['page']}><NotYourDuty whose={t('duty_register')} /></div>;
  if (choices.error && !choices.data) return <PageFailure error={choices.error} onRetry={() => void choices.refetch()} />;
  if (!choices.data) return <PageLoading />;
  return letter === undefined ? <Wizard choices={choices.data} letter={null} /> : <OnLetter choices={choices.data} id={letter} />;
}

/** On a letter that is in the register already. */
function OnLetter({ choices, id }: { choices: RequestChoices; id: string }) {
  const { t } = useTranslation('requests');
  const { data: letter, error, refetch } = useLetter(id);
  if (isAbsent(error)) return <div className={classes['page']}><NothingYet text={t('letter_absent')}><Link to="/letters">{t('tabs.letters')}</Link></NothingYet></div>;
  if (error && !letter) return <PageFailure error={error} onRetry={() => void refetch()} />;
  if (!letter) return <PageLoading />;
  return <Wizard key={id} choices={choices} letter={letter} />;
}

/** Whether what was entered is no request at all: the page says where it belongs. */
const isElsewhere = ({ whose, isJudicial }: Draft): boolean => whose === 'applicant' || (whose === 'internal' && isJudicial);

function Wizard({ choices, letter }: { choices: RequestChoices; letter: Letter | null }) {
  const { t } = useTranslation('requests');
  const navigate = useNavigate();
  const zone = zoneStore.get();
  const { draft, set, forget } = useDraft(letter, zone);
  const [step, setStep] = useState<Step>('from');
  const [isTried, setTried] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const [done, setDone] = useState<Registered | null>(null);
  const registration = useRegistration();
  const units = (useUnits(true).data ?? []).filter((one) => !one.is_closed).map((one) => one.name);
  const wrongs = wrongsOf(draft, step, zone, serverClock.now_us());
  const count = Object.keys(wrongs).length;
  const refused = useFieldProblems(registration.error, FIELD_PLACES);
  const showFirstWrong = useFirstWrong();
  const at = (field: string): string | null => {
    const wrong = wrongs[field];
    return wrong && isTried ? t(`wrong.${wrong}`) : refused.at(field);
  };
  const go = (next: Step, tried = false) => {
    setTried(tried);
    setStep(next);
  };

  const send = async () => {
    const open = firstOpen(draft, zone, serverClock.now_us());
    if (open !== 'check') return go(open, true);
    const saved = await registration.save(bodyOf(draft, zone, letter?.id ?? null), file, draft.officer);
    forget();
    if (saved.problems.length > 0) setDone(saved);
    else await navigate({ to: '/requests/$id', params: { id: saved.request.id }, search: { new: true } });
  };
  /** A refusal is shown where its field is. */
  const goBack = (error: unknown) => {
    const place = error instanceof Problem ? FIELD_PLACES[error.code] : undefined;
    if (place) setStep(stepOfField(place));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (step === 'check') void send().catch(goBack);
    else if (count === 0) go(STEPS[STEPS.indexOf(step) + 1] ?? 'check');
    else {
      setTried(true);
      showFirstWrong(event.currentTarget);
    }
  };

  if (done) return <div className={classes['page']}><RegisteredNote done={done} /></div>;
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('new')}</Title>
      <Stepper active={STEPS.indexOf(step)} onStepClick={(index) => go(STEPS[index] ?? 'from')} size="xs" my="lg" allowNextStepsSelect={false} className={classes['stepper'] ?? ''}>
        {STEPS.map((one) => <Stepper.Step key={one} label={t(`step.${one}`)} />)}
      </Stepper>
      <form onSubmit={submit} noValidate>
        <Stack className={classes[step === 'found' ? 'wide' : 'form'] ?? ''}>
          <StepHead step={step} />
          <StepPage step={step} go={go} draft={draft} set={set} at={at} choices={choices} units={units} letter={letter} file={file} setFile={setFile} />
          {isTried && count > 0 && <Alert color="red" role="alert">{t('look_above', { count })}</Alert>}
          {refused.rest && <Alert color="red" role="alert">{refused.rest}</Alert>}
          <Group justify="space-between">
            <Button variant="default" disabled={step === 'from'} onClick={() => go(STEPS[STEPS.indexOf(step) - 1] ?? 'from')}>{t('back')}</Button>
            <Button type="submit" disabled={isElsewhere(draft)} loading={registration.isPending}>{t(step === 'check' ? 'send' : 'next')}</Button>
          </Group>
        </Stack>
      </form>
    </div>
  );
}

/** The name of the page, which has the focus when it is come to: not when the first is opened, whose first field has it. */
function StepHead({ step }: { step: Step }) {
  const { t } = useTranslation('requests');
  const heading = useRef<HTMLHeadingElement>(null);
  const [opened] = useState(step);
  const [isLeft, setLeft] = useState(false);
  if (step !== opened && !isLeft) setLeft(true);
  useEffect(() => {
    if (isLeft) heading.current?.focus();
  }, [step, isLeft]);
  return (
    <div>
      <Text size="sm" c="dimmed">{t('step_of', { number: STEPS.indexOf(step) + 1, most: STEPS.length })}</Text>
      <Title order={2} ref={heading} tabIndex={-1}>{t(step === 'check' ? 'check.title' : `step.${step}`)}</Title>
      <Text c="dimmed" size="sm">{t(`article.${step}`)}</Text>
    </div>
  );
}

function StepPage({ step, go, ...props }: PageProps & { step: Step; go: (step: Step) => void }) {
  switch (step) {
    case 'from':
      return <FromPage {...props} />;
    case 'letter':
      return <LetterPage {...props} />;
    case 'asked':
      return <AskedPage {...props} />;
    case 'found':
      return <FoundPage {...props} />;
    case 'who':
      return <WhoPage {...props} />;
    case 'check':
      return <CheckPage {...props} onChange={go} />;
  }
}
