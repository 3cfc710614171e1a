export { CameraPage } from './CameraPage';
export { CamerasPage } from './CamerasPage';
