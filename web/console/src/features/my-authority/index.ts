export { MyAuthorityPage } from './MyAuthorityPage';
