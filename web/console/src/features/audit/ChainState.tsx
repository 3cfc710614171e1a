/** Whether the log is what was written: what the last look found, up to where it is signed. */
import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Chain, useChain, useVerifyChain } from '@/api/audit';
import { useProblemWords } from '@/ui/problem-words';
import { dayAndTime, decimal } from '@/time/format';
import classes from './audit.module.css';

export function ChainState() {
  const { t } = useTranslation('audit');
  const words = useProblemWords();
  const chain = useChain(true);
  const verify = useVerifyChain();
  const error = verify.error ?? (chain.data ? null : chain.error);
  const isRunning = chain.data?.is_verifying ?? false;
  return (
    <section className={classes['chain']} aria-label={t('chain.label')} data-tone={toneOf(chain.data)}>
      <div role="status">
        {chain.data && <Verdict chain={chain.data} />}
        {error !== null && <p role="alert">{words(error)}</p>}
      </div>
      <Button size="xs" variant="default" disabled={isRunning || !chain.data} loading={verify.isPending} leftSection={isRunning ? <Loader size={12} color="gray" /> : null}
        onClick={() => verify.mutate()}>
        {t(isRunning ? 'chain.running' : 'chain.verify')}
      </Button>
    </section>
  );
}

function Verdict({ chain }: { chain: Chain }) {
  const { t, i18n } = useTranslation('audit');
  const count = (value: number | null) => decimal(value ?? 0, i18n.language, 0);
  const time = (at_us: number | null) => (at_us === null ? '' : dayAndTime(at_us, i18n.language));
  const state = chain.verified_us === null ? 'never' : chain.problems ? 'broken' : 'holds';
  const mark = { never: '◌', broken: '▲', holds: '✓' }[state];
  return (
    <>
      <p className={classes['verdict']}>
        <span aria-hidden="true">{mark}</span> {t(`chain.${state}`, { time: time(chain.verified_us), entries: count(chain.verified_entries), problems: count(chain.problems) })}
      </p>
      {state === 'broken' && <p className={classes['first']}>{chain.first_problem}</p>}
      <p className={classes['more']}>
        {t('chain.entries', { entries: count(chain.entries) })} ·{' '}
        {chain.signed_us === null ? t('chain.unsigned') : t('chain.signed', { time: time(chain.signed_us), number: count(chain.signed_entries) })}
      </p>
    </>
  );
}

const toneOf = (chain: Chain | undefined): string | undefined =>
  !chain || chain.verified_us === null ? undefined : chain.problems ? 'alarm' : 'ok';
