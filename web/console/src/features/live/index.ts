export { LivePage } from './LivePage';
export { WallPage } from './WallPage';
