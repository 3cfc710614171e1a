/** Every address of the console. */
import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { camerasQuery } from '@/api/cameras';
import { sessionQuery } from '@/api/session';
import { validateAccountsSearch } from '@/features/accounts/search';
import { validateAuditSearch } from '@/features/audit/search';
import { validateBreachesSearch } from '@/features/breaches/search';
import { validateCamerasSearch } from '@/features/cameras/search';
import { validateDocumentsSearch } from '@/features/documents/search';
import { validateGrantsSearch } from '@/features/grants/search';
import { validateLiveSearch } from '@/features/live/search';
import { validateUnitsSearch } from '@/features/organisation/search';
import { validatePeopleSearch } from '@/features/people/search';
import { validatePlaybackSearch } from '@/features/playback/search';
import { validateSignInSearch } from '@/features/sign-in/search';
import { footageRoutes } from './footage-routes';
import { homeOf } from './home';
import { root, shell, signedIn } from './roots';
import { PageLoading } from '@/ui/PageState';
import { FailedPage, MissingPage } from './states';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: validateSignInSearch,
  component: lazyRouteComponent(() => import('@/features/sign-in'), 'SignInPage'),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/set-up',
  component: lazyRouteComponent(() => import('@/features/account'), 'SetUpPage'),
});

const wall = createRoute({
  getParentRoute: () => signedIn,
  path: '/wall/$id',
  component: lazyRouteComponent(() => import('@/features/live'), 'WallPage'),
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: async ({ context }) => {
    const me = await context.client.ensureQueryData(sessionQuery);
    if (me?.next_step) return; // what they may see is told after that; `SignedIn` comes here again
    const cameras = await context.client.ensureQueryData(camerasQuery).catch(() => []);

    throw redirect({ to: homeOf(me, cameras.length > 0), replace: true });
  },
});

const live = createRoute({
  getParentRoute: () => shell,
  path: '/live',
  validateSearch: validateLiveSearch,
  component: lazyRouteComponent(() => import('@/features/live'), 'LivePage'),
});

const playback = createRoute({
  getParentRoute: () => shell,
  path: '/playback',
  validateSearch: validatePlaybackSearch,
  component: lazyRouteComponent(() => import('@/features/playback'), 'PlaybackPage'),
});

const views = createRoute({
  getParentRoute: () => shell,
  path: '/views',
  component: lazyRouteComponent(() => import('@/features/views'), 'ViewsPage'),
});

const health = createRoute({
  getParentRoute: () => shell,
  path: '/health',
  component: lazyRouteComponent(() => import('@/features/health'), 'HealthPage'),
});

const cameras = createRoute({
  getParentRoute: () => shell,
  path: '/cameras',
  validateSearch: validateCamerasSearch,
  component: lazyRouteComponent(() => import('@/features/cameras'), 'CamerasPage'),
});

const camera = createRoute({
  getParentRoute: () => shell,
  path: '/cameras/$id',
  component: lazyRouteComponent(() => import('@/features/cameras'), 'CameraPage'),
});

const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  component: lazyRouteComponent(() => import('@/features/admin'), 'AdminPage'),
});

const people = createRoute({
  getParentRoute: () => admin,
  path: '/people',
  validateSearch: validatePeopleSearch,
  component: lazyRouteComponent(() => import('@/features/people'), 'PeoplePage'),
});

const units = createRoute({
  getParentRoute: () => admin,
  path: '/units',
  validateSearch: validateUnitsSearch,
  component: lazyRouteComponent(() => import('@/features/organisation'), 'UnitsPage'),
});

const accounts = createRoute({
  getParentRoute: () => admin,
  path: '/accounts',
  validateSearch: validateAccountsSearch,
  component: lazyRouteComponent(() => import('@/features/accounts'), 'AccountsPage'),
});

const settings = createRoute({
  getParentRoute: () => admin,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings'), 'SettingsPage'),
});

const grants = createRoute({
  getParentRoute: () => shell,
  path: '/grants',
  validateSearch: validateGrantsSearch,
  component: lazyRouteComponent(() => import('@/features/grants'), 'GrantsPage'),
});

const newGrant = createRoute({
  getParentRoute: () => shell,
  path: '/grants/new',
  component: lazyRouteComponent(() => import('@/features/grants'), 'NewGrantPage'),
});

const grant = createRoute({
  getParentRoute: () => shell,
  path: '/grants/$id',
  component: lazyRouteComponent(() => import('@/features/grants'), 'GrantPage'),
});

const agreements = createRoute({
  getParentRoute: () => shell,
  path: '/agreements',
  component: lazyRouteComponent(() => import('@/features/agreements'), 'AgreementsPage'),
});

const assignments = createRoute({
  getParentRoute: () => shell,
  path: '/assignments',
  component: lazyRouteComponent(() => import('@/features/assignments'), 'AssignmentsPage'),
});

const sharedAccounts = createRoute({
  getParentRoute: () => shell,
  path: '/shared-accounts',
  component: lazyRouteComponent(() => import('@/features/shared-accounts'), 'SharedAccountsPage'),
});

const workOrders = createRoute({
  getParentRoute: () => shell,
  path: '/work-orders',
  component: lazyRouteComponent(() => import('@/features/work-orders'), 'WorkOrdersPage'),
});

const mine = createRoute({
  getParentRoute: () => shell,
  path: '/me',
  component: lazyRouteComponent(() => import('@/features/my-authority'), 'MyAuthorityPage'),
});

const myUnit = createRoute({
  getParentRoute: () => shell,
  path: '/my-unit',
  component: lazyRouteComponent(() => import('@/features/my-unit'), 'MyUnitPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: validateAuditSearch,
  component: lazyRouteComponent(() => import('@/features/audit'), 'AuditPage'),
});

const breaches = createRoute({
  getParentRoute: () => shell,
  path: '/breaches',
  validateSearch: validateBreachesSearch,
  component: lazyRouteComponent(() => import('@/features/breaches'), 'BreachesPage'),
});

const documents = createRoute({
  getParentRoute: () => shell,
  path: '/documents',
  validateSearch: validateDocumentsSearch,
  component: lazyRouteComponent(() => import('@/features/documents'), 'DocumentsPage'),
});

const training = createRoute({
  getParentRoute: () => shell,
  path: '/training',
  component: lazyRouteComponent(() => import('@/features/training'), 'TrainingPage'),
});

const waiting = createRoute({
  getParentRoute: () => shell,
  path: '/waiting',
  component: lazyRouteComponent(() => import('@/features/waiting'), 'WaitingPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/account'), 'AccountPage'),
});

const help = createRoute({
  getParentRoute: () => shell,
  path: '/help',
  component: lazyRouteComponent(() => import('@/features/help'), 'HelpPage'),
});

const tree = root.addChildren([
  signIn,
  setUp,
  signedIn.addChildren([wall, shell.addChildren([home, live, playback, views, grants, newGrant, grant, agreements, assignments, sharedAccounts, workOrders, ...footageRoutes, mine, myUnit, account, waiting, training, health, cameras, camera, audit, breaches, documents, admin.addChildren([people, units, accounts, settings]), help])]),
]);

export const createAppRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: false,
    defaultPendingComponent: PageLoading, // a page's code or words on their way: an empty page says nothing
    defaultErrorComponent: FailedPage,
    defaultNotFoundComponent: MissingPage,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
