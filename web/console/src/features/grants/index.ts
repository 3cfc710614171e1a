export { GrantPage } from './GrantPage';
export { GrantsPage } from './GrantsPage';
export { NewGrantPage } from './NewGrantPage';
