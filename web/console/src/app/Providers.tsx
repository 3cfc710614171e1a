/** What every page stands in: theme, server state, words. */
import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import '@/theme/tokens.css';
import '@/theme/global.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { cspNonce } from '@/theme/csp-nonce';
import { cssVariables, theme } from '@/theme/theme';

const colorScheme = localStorageColorSchemeManager({ key: 'nazar.theme' });

export function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="dark"
      getStyleNonce={() => cspNonce}
    >
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
