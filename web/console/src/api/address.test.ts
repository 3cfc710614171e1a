import { expect, it } from 'vitest';

import { address } from './address';

it('leaves an address without places as it is', () => {
  expect(address('/cameras')).toBe('/cameras');
});

it('fills places in, so that no value can leave its place', () => {
  expect(address('/views/{view_id}', { view_id: '7' })).toBe('/views/7');
  expect(address('/views/{view_id}', { view_id: '../session?x=1' })).toBe('/views/..%2Fsession%3Fx%3D1');
});

it('asks for what is there, zero and false included', () => {
  const query = { start: 0, exact: false, stream: undefined, end: null, name: 'a&b' };
  expect(address('/timeline', {}, query)).toBe('/timeline?start=0&exact=false&name=a%26b');
});

it('asks for each value of a list', () => {
  expect(address('/audit', {}, { act: ['view_opened', 'view_ended'], none: [], limit: 2 })).toBe('/audit?act=view_opened&act=view_ended&limit=2');
});
