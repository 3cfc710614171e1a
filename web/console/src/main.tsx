import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isProblem } from '@/api/problem';
import { sessionQuery } from '@/api/session';
import { Providers } from '@/app/Providers';
import { createAppRouter } from '@/app/router';
import { startWords } from '@/i18n';

// The server refuses all else until such a step is done; it may come while a page is open, with a letter of renewal, say.
const STEPS = new Set(['password_change_needed', 'second_factor_set_up_needed', 'policy_acceptance_needed']);
const onError = (error: Error): void => {
  if (isProblem(error) && STEPS.has(error.code)) void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
};

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; what the line or the server lost is worth three more tries.
      retry: (count, error) => count < 3 && (!isProblem(error) || error.status === 0 || error.status >= 500),
      refetchOnWindowFocus: false,
    },
  },
});

const router = createAppRouter(client);

await startWords();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
