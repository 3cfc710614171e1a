import { QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isProblem } from '@/api/problem';
import { Providers } from '@/app/Providers';
import { createAppRouter } from '@/app/router';
import { startWords } from '@/i18n';

const client = new QueryClient({
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
