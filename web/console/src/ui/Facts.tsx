/** Named facts, one under the other. */
import type { ReactNode } from 'react';
import classes from './papers.module.css';

export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return (
    <dl className={classes['facts']}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
