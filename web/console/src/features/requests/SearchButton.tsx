/** Looks for the footage of an approved request; what exists is written down with causes for the rest. */
import { Alert, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useSearchRequest } from '@/api/footage';
import { useProblemWords } from '@/ui/problem-words';
import { dayAndTime } from '@/time/format';
import { mayDo } from './allowed';

const FOUND: readonly RequestDetail['state'][] = ['available', 'partially_available', 'unavailable'];

export function SearchButton({ request }: { request: RequestDetail }) {
  const { t, i18n } = useTranslation('requests');
  const words = useProblemWords();
  const search = useSearchRequest();
  const isFoundNow = FOUND.includes(request.state); // later its state says more than what was found
  return (
    <>
      {request.searched_us !== null && <Text size="sm">{[dayAndTime(request.searched_us, i18n.language), isFoundNow ? t(`state.${request.state}`) : ''].filter((part) => part !== '').join(' · ')}</Text>}
      {mayDo(request, 'search') && <Button size="xs" variant="default" loading={search.isPending} onClick={() => search.mutate(request.id)}>{t(request.searched_us === null ? 'do.search' : 'do.search_again')}</Button>}
      {search.error && <Alert color="red" role="alert">{words(search.error)}</Alert>}
    </>
  );
}
