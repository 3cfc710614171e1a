/** The addresses of what is asked for, kept and given out: letters, requests, holds, applications, statistics. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { validateApplicationsSearch } from '@/features/applications/search';
import { validateHoldsSearch, validateNewHoldSearch } from '@/features/holds/search';
import { validateLettersSearch } from '@/features/letters/search';
import { validateNewRequestSearch, validateRequestSearch, validateRequestsSearch } from '@/features/requests/search';
import { validateStatisticsSearch } from '@/features/statistics/period';
import { shell } from './roots';

const letters = createRoute({
  getParentRoute: () => shell,
  path: '/letters',
  validateSearch: validateLettersSearch,
  component: lazyRouteComponent(() => import('@/features/letters'), 'LettersPage'),
});

const letterTasks = createRoute({
  getParentRoute: () => shell,
  path: '/letters/tasks',
  component: lazyRouteComponent(() => import('@/features/letters'), 'TasksPage'),
});

const requests = createRoute({
  getParentRoute: () => shell,
  path: '/requests',
  validateSearch: validateRequestsSearch,
  component: lazyRouteComponent(() => import('@/features/requests'), 'RequestsPage'),
});

const newRequest = createRoute({
  getParentRoute: () => shell,
  path: '/requests/new',
  validateSearch: validateNewRequestSearch,
  component: lazyRouteComponent(() => import('@/features/requests'), 'NewRequestPage'),
});

const request = createRoute({
  getParentRoute: () => shell,
  path: '/requests/$id',
  validateSearch: validateRequestSearch,
  component: lazyRouteComponent(() => import('@/features/requests'), 'RequestPage'),
});

const holds = createRoute({
  getParentRoute: () => shell,
  path: '/holds',
  validateSearch: validateHoldsSearch,
  component: lazyRouteComponent(() => import('@/features/holds'), 'HoldsPage'),
});

const newHold = createRoute({
  getParentRoute: () => shell,
  path: '/holds/new',
  validateSearch: validateNewHoldSearch,
  component: lazyRouteComponent(() => import('@/features/holds'), 'NewHoldPage'),
});

const hold = createRoute({
  getParentRoute: () => shell,
  path: '/holds/$id',
  component: lazyRouteComponent(() => import('@/features/holds'), 'HoldPage'),
});

const applications = createRoute({
  getParentRoute: () => shell,
  path: '/applications',
  validateSearch: validateApplicationsSearch,
  component: lazyRouteComponent(() => import('@/features/applications'), 'ApplicationsPage'),
});

const statistics = createRoute({
  getParentRoute: () => shell,
  path: '/statistics',
  validateSearch: validateStatisticsSearch,
  component: lazyRouteComponent(() => import('@/features/statistics'), 'StatisticsPage'),
});

export const footageRoutes = [letters, letterTasks, requests, newRequest, request, holds, newHold, hold, applications, statistics] as const;
